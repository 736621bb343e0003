"""What was missed of a stream, fetched behind its live edge."""
