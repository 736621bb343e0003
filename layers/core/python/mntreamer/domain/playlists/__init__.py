"""The source playlist, its time, and what people play of it."""
