"""Email: the connector that the entry point names."""

from connectors.email.connector import EmailConnector

CONNECTOR = EmailConnector()
