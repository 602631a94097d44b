"""Making and changing brands, one transaction each. Whoever calls has asked the policy."""

from __future__ import annotations

from collections.abc import Collection

from hub.desk import audit, liquid
from hub.desk.brands import store
from hub.desk.brands.model import Brand
from hub.desk.errors import BadValue, UnknownBrand
from hub.desk.richtext import clean_signature
from hub.events.model import DeskChanged
from hub.events.outbox import Tx


async def create(tx: Tx, *, name: str, signature_html: str, channel_ids: Collection[int], by: int) -> Brand:
    """Raises BadValue, and UnknownBrand for channels that are not there."""
    brand_id = await store.insert_brand(tx.connection, name, _cleaned(signature_html))
    await _assign(tx, brand_id, channel_ids)
    await audit.record(tx, by, "brand.create", f"brand:{brand_id}")
    return await _changed(tx, brand_id)


async def change(
    tx: Tx,
    brand_id: int,
    *,
    name: str | None = None,
    signature_html: str | None = None,
    channel_ids: Collection[int] | None = None,
    by: int,
) -> Brand:
    """None leaves it as it is. Raises UnknownBrand and BadValue."""
    cleaned = None if signature_html is None else _cleaned(signature_html)
    if not await store.update_brand(tx.connection, brand_id, name=name, signature_html=cleaned):
        raise _unknown(brand_id)
    if channel_ids is not None:
        await _assign(tx, brand_id, channel_ids)
    await audit.record(tx, by, "brand.change", f"brand:{brand_id}")
    return await _changed(tx, brand_id)


async def remove(tx: Tx, brand_id: int, *, by: int) -> None:
    """Its channels speak in no brand's name then. Raises UnknownBrand."""
    if not await store.remove_brand(tx.connection, brand_id):
        raise _unknown(brand_id)
    await store.assign_channels(tx.connection, brand_id, ())
    await audit.record(tx, by, "brand.remove", f"brand:{brand_id}")
    tx.emit(DeskChanged())


async def _assign(tx: Tx, brand_id: int, channel_ids: Collection[int]) -> None:
    missing = set(channel_ids) - await store.known_channels(tx.connection, channel_ids)
    if missing:
        raise BadValue("channel_ids", f"Channel {min(missing)} does not exist. Reload the page.")
    await store.assign_channels(tx.connection, brand_id, channel_ids)


def _cleaned(signature_html: str) -> str:
    cleaned = clean_signature(signature_html)
    try:
        liquid.check(cleaned)
    except liquid.BadLiquid as failure:
        raise BadValue("signature_html", str(failure)) from None
    return cleaned


async def _changed(tx: Tx, brand_id: int) -> Brand:
    tx.emit(DeskChanged())
    found = await store.get_brand(tx.connection, brand_id)
    if found is None:
        raise _unknown(brand_id)
    return found


def _unknown(brand_id: int) -> UnknownBrand:
    return UnknownBrand(f"Brand {brand_id} does not exist. Reload the page.")
