"""Who may in."""
