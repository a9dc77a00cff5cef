"""What a submission probably is and belongs to: suggestions that people confirm or correct."""
