"""Commands for import, export and webhooks."""
