"""Revisions as values and the graph that they form. Pure."""
