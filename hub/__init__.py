"""Allways: every way a customer reaches a company, on one timeline."""

__version__ = "0.1.0"
