"""The library: everything the coach knows, by signs and searches."""
