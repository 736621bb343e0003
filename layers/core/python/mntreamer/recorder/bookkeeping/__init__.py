"""What is written of a recording: its lists, its row, who holds it."""
