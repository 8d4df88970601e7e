"""What a database remembers of its upgrades: the version table and the journal."""
