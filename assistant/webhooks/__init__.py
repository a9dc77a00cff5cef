"""Telling other systems that a recommendation moved on: signed, until it arrives, and nothing of what is sealed."""
