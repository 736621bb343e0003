"""Recordings are cut, marked, confirmed, deleted and restored."""
