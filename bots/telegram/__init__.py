"""The assistant in Telegram chats."""
