"""An in-memory Telegram with two doors, and the local chat in the browser that stands on it."""
