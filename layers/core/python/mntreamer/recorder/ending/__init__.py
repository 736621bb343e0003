"""When a recorder leaves, and what that means for its recording."""
