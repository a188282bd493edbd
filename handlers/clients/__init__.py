"""The clients: list, card, price, and the way in and out."""
