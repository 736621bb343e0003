"""Notices go out to webhooks."""
