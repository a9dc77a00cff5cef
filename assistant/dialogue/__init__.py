"""A conversation: what was said before, and what a short question means after it."""
