"""Labelled pairs of models: what was renamed, and what the detection makes of it."""
