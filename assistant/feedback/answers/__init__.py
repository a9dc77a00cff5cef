"""Answers, officers' notes, and what people said about answers."""
