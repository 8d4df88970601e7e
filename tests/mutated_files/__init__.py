"""Revision files, ids, messages and folders that somebody broke, or made to do harm."""
