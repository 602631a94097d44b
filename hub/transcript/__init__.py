"""What a person may see of what was said with them: the hub's side of channels without a provider, such as a chat."""
