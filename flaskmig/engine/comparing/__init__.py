"""Two schemas in, ordered operations out. Pure."""
