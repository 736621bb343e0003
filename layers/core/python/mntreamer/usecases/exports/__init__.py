"""Files are made of recordings."""
