"""A tick: every due monitor is checked once, in order, as fast as its platform allows."""
