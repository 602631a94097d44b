"""What is played in the queue when the channel has no music of its own: soft tones, made here, nobody's property."""

from __future__ import annotations

import io
import math
import wave
from functools import cache
from typing import Final

SECONDS: Final = 20
_RATE: Final = 8000
_NOTES: Final = (261.6, 329.6, 392.0, 523.3, 440.0, 349.2, 293.7, 392.0, 329.6, 261.6)
_NOTE_SECONDS: Final = SECONDS / len(_NOTES)
_LOUDNESS: Final = 3500


@cache
def tones() -> bytes:
    """A WAV file of `SECONDS` seconds, as telephones play it: one channel, 8 kHz, 16 bit."""
    samples = bytearray()
    length = int(_RATE * _NOTE_SECONDS)
    for pitch in _NOTES:
        for at in range(length):
            fade = math.sin(math.pi * at / length)
            turn = 2 * math.pi * pitch * at / _RATE
            sample = _LOUDNESS * fade * (math.sin(turn) + 0.3 * math.sin(2 * turn))
            samples += int(sample).to_bytes(2, "little", signed=True)
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(_RATE)
        out.writeframes(bytes(samples))
    return file.getvalue()
