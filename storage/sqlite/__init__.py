"""The engine that keeps everything in two files, and what only it needs."""
