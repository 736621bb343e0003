"""What is kept of a live session: its states, its lease, what it holds and what it lacks."""
