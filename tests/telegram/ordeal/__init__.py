"""What people write to the bot, through everything that can happen to it; the command is `python -m tests.telegram.ordeal`."""
