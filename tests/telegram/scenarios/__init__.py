"""Conversations with the Telegram bot as citizens hold them, written as transcripts and printed as such in docs/transcripts.

The bot is the whole application over the default corpus, with its own router, its own reader of what citizens send and a real database;
Telegram is the emulator. `python -m tests.telegram.scenarios.print docs/transcripts` prints them.
"""
