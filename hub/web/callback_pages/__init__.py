"""The pages on which customers ask for a callback and look after theirs: plain HTML, no script."""
