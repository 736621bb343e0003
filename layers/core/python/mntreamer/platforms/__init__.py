"""The streaming platforms: one file that calls each, and one that says what its answers mean."""
