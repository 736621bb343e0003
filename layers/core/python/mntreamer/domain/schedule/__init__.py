"""When a channel is expected to start, and when it is worth a look."""
