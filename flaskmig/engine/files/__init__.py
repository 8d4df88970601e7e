"""Revision files on disk: found, read, written."""
