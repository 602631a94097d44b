"""Colleagues who were named in a note, and have not seen it yet."""
