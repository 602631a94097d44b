"""The API, a module for each noun; each has its `routes`."""
