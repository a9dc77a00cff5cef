"""Reports and slips on paper."""
