"""Customers, their identities, and who is whom."""
