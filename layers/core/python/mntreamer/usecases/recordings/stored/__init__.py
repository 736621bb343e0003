"""What of a recording lies in the store beside its segments: its source playlist, and its account."""
