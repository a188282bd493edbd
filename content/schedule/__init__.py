"""When the coach speaks up by itself: pure rules over plain values.

Intent is local: dates, wall-clock times and a zone are what is stored. Instants are computed from
them, in UTC, at the moment they are needed, so that a new version of the zone database moves every
reminder to its right place. Nothing here reads a clock; ``now`` is always a parameter, aware UTC.
"""
