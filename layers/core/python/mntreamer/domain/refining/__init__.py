"""What people change about a recording, over a source that stays as it is."""
