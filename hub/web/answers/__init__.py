"""The JSON that the hub answers: `…shapes` are its types, and `…render` makes them of the models."""
