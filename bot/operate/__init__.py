"""What whoever runs the bot meets: logs, health, clock, data and keys, ends."""
