"""What has its day: the agenda, what is due now, how it is told; every topic may ask."""
