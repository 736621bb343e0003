"""The source: its playlists, its segments, and what the platform is asked about it."""
