"""Web chat: visitors of the company's web pages, through a widget that the hub serves itself."""

from connectors.webchat.connector import WebChatConnector

CONNECTOR = WebChatConnector()
