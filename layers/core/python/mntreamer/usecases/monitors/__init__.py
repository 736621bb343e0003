"""Streamers are added, looked at and removed."""
