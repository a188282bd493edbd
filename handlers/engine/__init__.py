"""What carries a conversation: from an update to what is shown; it knows no topic."""
