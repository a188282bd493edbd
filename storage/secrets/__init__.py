"""What seals a person's words: boxes, keys, the ring they hang on, the master key."""
