"""Recordings are opened, held, closed, published and played."""
