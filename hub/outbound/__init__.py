"""What goes out: queued with the entry, attempted, its status followed to the end."""
