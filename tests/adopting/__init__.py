"""Taking over projects of Flask-Migrate, and giving them back: the real package is the judge."""
