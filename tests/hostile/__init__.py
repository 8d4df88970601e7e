"""Strings that want to be code, in every place that a database or a model has for one."""
