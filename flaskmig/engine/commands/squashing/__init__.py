"""Several revisions made one, and proven to do the same."""
