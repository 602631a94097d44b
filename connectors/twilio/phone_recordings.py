"""Recordings at Twilio: fetched once they are whole, deleted with what was written down of them."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from connectors.twilio.client import Api
from connectors.twilio.errors import ApiError, TwilioTrouble, run_error
from hub.sdk import ConnectionTrouble, RemoteFile

MAX_RECORDING: Final = 60 * 1024 * 1024
_NOT_WHOLE: Final = ("in-progress", "paused", "processing")


async def fetch(api: Api, file: RemoteFile) -> bytes:
    """As hub.sdk.Fetching."""
    try:
        return await api.download(file.url, MAX_RECORDING)
    except LookupError:
        if await _is_being_made(api, file.key):
            raise ConnectionTrouble("Twilio has not finished the recording yet.") from None
        raise
    except TwilioTrouble as trouble:
        raise run_error(trouble) from trouble


async def forget(api: Api, file: RemoteFile) -> None:
    """As hub.sdk.Fetching; not while what was said is still being written down."""
    try:
        found = await api.get(f"Recordings/{file.key}/Transcriptions.json")
        if any(one["status"] == "in-progress" for one in found["transcriptions"]):
            raise ConnectionTrouble("Twilio is still writing down what was said.")
        for one in found["transcriptions"]:
            await api.delete(f"Transcriptions/{one['sid']}.json")
        await api.delete(f"Recordings/{file.key}.json")
    except TwilioTrouble as trouble:
        if isinstance(trouble, ApiError) and trouble.status == 404:
            return
        raise run_error(trouble) from trouble


async def _is_being_made(api: Api, recording: str) -> bool:
    with suppress(TwilioTrouble):
        return (await api.get(f"Recordings/{recording}.json"))["status"] in _NOT_WHOLE
    return False
