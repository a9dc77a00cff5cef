"""Commands for supervision and social critique."""
