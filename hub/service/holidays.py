"""Public holidays, as the package `holidays` knows them; it is loaded when somebody first asks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from hub.service.model import BadHours


@lru_cache(maxsize=256)
def holidays_of(country: str, subdivision: str, year: int) -> Mapping[date, str]:
    """The days and their names. Raises BadHours for a country or a part of it that is not known."""
    import holidays  # large, and few hubs need it in their first minute

    try:
        found = holidays.country_holidays(country, subdiv=subdivision or None, years=year)
    except NotImplementedError:
        where = "subdivision" if country in countries() else "country"
        raise BadHours(where, "This place is not known. See GET /api/hours/countries.") from None
    return dict(found)


@lru_cache(maxsize=1)
def countries() -> Mapping[str, tuple[str, ...]]:
    """The countries whose holidays are known (ISO 3166-1, two letters), with their parts."""
    import holidays

    known = holidays.list_supported_countries(include_aliases=False)
    return {code: tuple(parts) for code, parts in sorted(known.items()) if len(code) == 2}
