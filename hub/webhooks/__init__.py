"""What happened, told to other programs: signed, at least once, in order of each conversation."""
