"""Commands for the review of answers that people found wanting."""
