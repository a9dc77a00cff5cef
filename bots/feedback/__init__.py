"""Commands for the recommendation database, and their words."""
