"""What many letters say together: themes, packs, digests, scoreboards, and reports whose numbers are kept."""
