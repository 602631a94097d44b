"""Teams: agents who share a queue."""
