"""Before signing: whether to take somebody on, and on which conditions."""
