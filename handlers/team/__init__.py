"""The team: who leads a client, what a change of managers is about, and who else judges them."""
