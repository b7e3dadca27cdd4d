"""The views that the pages of events hand over to, by name."""
