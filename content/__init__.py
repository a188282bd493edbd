"""What the coach knows and how it judges: pure, no clock, no environment, no network."""
