"""What the hub itself says to visitors, in their language: the pre-chat form, and the mails that a chat goes on by."""

from __future__ import annotations

from typing import Final

from hub.sdk import MailWords

_LABELS: Final = {
    "en": {"name": "Name", "email": "Email", "phone": "Phone"},
    "de": {"name": "Name", "email": "E-Mail", "phone": "Telefon"},
    "fr": {"name": "Nom", "email": "E-mail", "phone": "Téléphone"},
    "es": {"name": "Nombre", "email": "Correo electrónico", "phone": "Teléfono"},
    "ar": {"name": "الاسم", "email": "البريد الإلكتروني", "phone": "الهاتف"},
}

MAIL: Final = {
    "en": MailWords(
        "Our answer to your chat",
        "You asked us something in our chat. This is our answer; you can simply reply to this email.",
        "You wrote:",
        "{name} answered:",
        "Your conversation with us",
        "You",
    ),
    "de": MailWords(
        "Unsere Antwort auf Ihren Chat",
        "Sie haben uns im Chat etwas gefragt. Hier ist unsere Antwort; Sie können einfach auf diese E-Mail antworten.",
        "Sie schrieben:",
        "{name} antwortete:",
        "Ihr Gespräch mit uns",
        "Sie",
    ),
    "fr": MailWords(
        "Notre réponse à votre message",
        "Vous nous avez écrit par chat. Voici notre réponse ; il vous suffit de répondre à cet e-mail.",
        "Vous avez écrit :",
        "{name} a répondu :",
        "Votre conversation avec nous",
        "Vous",
    ),
    "es": MailWords(
        "Nuestra respuesta a su chat",
        "Nos preguntó algo en el chat. Esta es nuestra respuesta; puede contestar directamente a este correo.",
        "Usted escribió:",
        "{name} respondió:",
        "Su conversación con nosotros",
        "Usted",
    ),
    "ar": MailWords(
        "ردّنا على محادثتكم",
        "لقد سألتمونا في المحادثة. هذا هو ردّنا، ويمكنكم الرد على هذه الرسالة مباشرة.",
        "كتبتم:",
        "ردّ {name}:",
        "محادثتكم معنا",
        "أنتم",
    ),
}


def label(name: str, language: str) -> str:
    """English where the language is not spoken here."""
    return _LABELS.get(language.lower().partition("-")[0], _LABELS["en"])[name]
