"""What the bot says in chats, in two languages."""
