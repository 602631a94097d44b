"""Files that came with a message or a call and still lie with the provider: fetched, kept, and deleted there."""
