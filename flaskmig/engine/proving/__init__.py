"""Trying a generated revision file before it is written."""
