"""The models that the pairs start from: one ordinary application a module."""
