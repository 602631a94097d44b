"""Macros: a change of a conversation and a canned reply in one step."""
