"""The Twilio connectors."""
