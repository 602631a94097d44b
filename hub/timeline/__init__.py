"""Conversations and their entries: the one timeline, whatever the channel."""
