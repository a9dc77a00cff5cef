"""The steps that make the application's tables and bring older ones up to date."""
