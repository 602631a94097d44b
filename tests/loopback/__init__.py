"""Nothing that a test does leaves this machine."""
