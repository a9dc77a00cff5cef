"""Commands for themes, scoreboards and reports."""
