"""The engine that several processes may share, and what only it needs."""
