"""The questions of the pre-chat form, in the visitor's language."""

from __future__ import annotations

from typing import Final

_LABELS: Final = {
    "en": {"name": "Name", "email": "Email", "phone": "Phone"},
    "de": {"name": "Name", "email": "E-Mail", "phone": "Telefon"},
    "fr": {"name": "Nom", "email": "E-mail", "phone": "Téléphone"},
    "es": {"name": "Nombre", "email": "Correo electrónico", "phone": "Teléfono"},
    "ar": {"name": "الاسم", "email": "البريد الإلكتروني", "phone": "الهاتف"},
}


def label(name: str, language: str) -> str:
    """English where the language is not spoken here."""
    return _LABELS.get(language.lower().partition("-")[0], _LABELS["en"])[name]
