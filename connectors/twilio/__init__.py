"""Twilio: text messages, WhatsApp, telephone. Why one package: hub/decisions/0015-one-package-for-twilio.md."""

from connectors.twilio.phone import PhoneConnector
from connectors.twilio.sms import SmsConnector
from connectors.twilio.whatsapp import WhatsAppConnector

PHONE = PhoneConnector()
SMS = SmsConnector()
WHATSAPP = WhatsAppConnector()
