"""The pictures of a recording: which there are, where they lie, and how a player is told."""
