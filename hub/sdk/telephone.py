"""What the hub reads in the settings of a channel that makes calls, and what counts where they say nothing. A connector
that calls offers a field for each of these names; it needs no defaults or examples of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SECONDS: Final[Mapping[str, int]] = {
    "ring_seconds": 20,
    "customer_ring_seconds": 30,
    "max_wait_seconds": 600,
    "wrap_up_seconds": 30,
    "voicemail_seconds": 120,
}
"""How long an agent's telephone rings, and a customer's; how long callers wait at most; the time after a talk; how long
a message may be."""
WORDS: Final[Mapping[str, str]] = {
    "greeting": "Hello, and thank you for calling. One moment please, we are connecting you.",
    "wait_text": "All our people are on the telephone. Please hold the line, you will be answered in turn.",
    "closed_text": "Thank you for calling. We are closed at the moment.",
    "voicemail_text": "Please leave a message after the tone, with your name and what it is about.",
    "voicemail_thanks": "Thank you. We will get back to you. Good-bye.",
    "recording_text": "This call is recorded so that we can serve you better.",
    "consent_text": "May we record this call? Press 1 for yes, or stay on the line for no.",
    "farewell_text": "Thank you for calling. Good-bye.",
}
"""What is said in English; a channel may say it in its own way."""
