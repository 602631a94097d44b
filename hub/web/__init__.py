"""The hub's face: the HTTP API, the agents' live socket, the providers' webhooks and the pages."""
