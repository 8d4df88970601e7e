"""What would be run: plans and SQL scripts."""
