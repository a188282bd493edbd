"""Screens: pure functions from data and words to a ``Screen``."""
