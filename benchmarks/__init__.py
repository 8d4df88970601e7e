"""How long flaskmig takes beside others, measured in the same run."""
