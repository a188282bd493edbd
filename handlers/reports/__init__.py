"""Reports to a client."""
