"""Reminders: when, how, and the digest that comes."""
