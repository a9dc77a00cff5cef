"""One module for each real-world source of law and procedures."""
