"""What the product does: answers, and later recommendations and research. Synchronous."""
