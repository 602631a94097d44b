"""The text of a file, for search. Runs in a process of its own (child.py): what is read here was written by
strangers.
"""
