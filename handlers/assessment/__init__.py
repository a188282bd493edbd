"""The questions about a client, the verdict, the plan."""
