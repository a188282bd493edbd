"""Reading what a person typed or forwarded: signs, sums, spans of time, days.

What is not sure is not read: the caller asks.
"""
