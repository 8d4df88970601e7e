"""SQLAlchemy metadata as a Schema, and back."""
