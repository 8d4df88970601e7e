"""Published migration histories, replayed by Alembic and by flaskmig."""
