"""Canned replies: words that are written again and again, with variables, in several languages."""
