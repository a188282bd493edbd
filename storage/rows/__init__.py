"""Rows in, records out: one module per aggregate, over any connection of the DB-API."""
