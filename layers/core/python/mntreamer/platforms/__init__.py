"""The streaming platforms, each behind its gate: one file that calls it, and one that says what its answers mean."""
