"""Letters to a client: choose, fill in, check, finish."""
