"""Both sides of a comparison and the difference between them."""
