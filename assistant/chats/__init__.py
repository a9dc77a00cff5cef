"""Conversations on chat channels: what came in is kept and handled once, what goes out is sent until it arrives."""
