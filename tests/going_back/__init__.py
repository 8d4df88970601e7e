"""What flaskmig writes for Alembic, and going back to it: the real packages are the judge."""
