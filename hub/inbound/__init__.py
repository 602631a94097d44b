"""From what a channel received to an entry on a timeline."""
