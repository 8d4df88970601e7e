"""What a project says: its folder, its options, its databases."""
