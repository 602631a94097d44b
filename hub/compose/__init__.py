"""Messages that go out later: at a time of the agent's choice, or when the moment to undo them is over."""
