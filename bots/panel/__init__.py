"""The panel: pages for those who work on recommendations, and for deputies."""
