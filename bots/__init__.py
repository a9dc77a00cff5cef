"""Channels: the command line, and later Telegram and the web. The only place that may be async."""
