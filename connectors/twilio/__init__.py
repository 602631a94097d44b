"""Twilio: text messages, WhatsApp and telephone calls. One package for one provider; see
hub/decisions/0015-one-package-for-twilio.md."""

from connectors.twilio.phone import PhoneConnector
from connectors.twilio.sms import SmsConnector
from connectors.twilio.whatsapp import WhatsAppConnector

SMS = SmsConnector()
WHATSAPP = WhatsAppConnector()
PHONE = PhoneConnector()
