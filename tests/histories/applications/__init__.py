"""What the files of the histories import from their applications, made by us."""
