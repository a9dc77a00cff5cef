"""Tests of the Telegram channel, and the emulator of the Bot API they run against."""
