"""Operations as the Python source of a revision file."""
