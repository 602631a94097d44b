"""Telephone calls: dialled once, led step by step, and on the timeline from the first ring."""
