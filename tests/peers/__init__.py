"""Tests against real programs of strangers: Dovecot, Postfix, a browser."""
