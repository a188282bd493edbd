"""The conversations: Telegram on one side, plain data on the other."""
