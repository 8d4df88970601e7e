"""Passwords, tokens and keys: in no output, no log, no traceback and no file."""
