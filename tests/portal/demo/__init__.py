"""A package, so that its fixture ends with the last of its tests."""
