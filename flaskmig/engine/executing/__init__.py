"""Revisions run on a database, each exactly once."""
