"""Batch blocks, as flaskmig carries them out and as Alembic does."""
