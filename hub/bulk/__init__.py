"""One change of many conversations: in portions, with its progress, and taken back."""
