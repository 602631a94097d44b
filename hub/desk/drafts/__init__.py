"""What an agent has begun to write in a conversation, on whatever device."""
