"""Tasks: what somebody has to do for a customer, and by when."""
