"""Callbacks: customers who want to be called, their queues, and the dispatcher that has them called."""
