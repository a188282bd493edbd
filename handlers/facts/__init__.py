"""The log of what happened, and words that nobody asked for."""
