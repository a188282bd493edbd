"""All about one client in one file, and what is hidden before it leaves."""
