"""What a message is, before anything is answered."""
