"""Working days, deadlines and what is due."""
