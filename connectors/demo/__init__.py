"""A shop with customers who do not exist, for `hub demo`: they write, and they answer what agents send."""

from connectors.demo.connector import DemoConnector

CONNECTOR = DemoConnector()
