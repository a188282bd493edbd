"""Reading and rewriting Russian letters: who is spoken to, who did it, and what is said instead."""
