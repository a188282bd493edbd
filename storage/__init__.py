"""What the coach remembers: records in, records out; no Telegram, no knowledge."""
