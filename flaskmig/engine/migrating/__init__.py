"""A running or planned migration: what a revision's calls become."""
