"""Operations that are objects: the ones that files register, and those that come with `op`."""
