"""Letters: what kinds there are, what each asks for, and drafts of them."""
