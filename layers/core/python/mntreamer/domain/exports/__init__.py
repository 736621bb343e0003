"""One file of what is left."""
