"""What changed: written in the transaction that changed it, read in an order that no late committer can upset."""
