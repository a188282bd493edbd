"""From Telegram's updates to the conversations."""
