"""Channels that are watched: when to look, what a look leads to, and how it goes."""
