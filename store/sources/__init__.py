"""Readers of what the user has: each yields messages, or the reason why one could not be read."""
