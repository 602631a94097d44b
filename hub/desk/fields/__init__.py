"""What a company wants to know of its customers and conversations besides what everybody does."""
