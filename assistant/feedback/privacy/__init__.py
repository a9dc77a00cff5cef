"""Finding personal data in what people write."""
