"""Shapes that real histories have: whole commands of both tools, and the rows that they leave."""
