"""Operations that files and plugins register."""
