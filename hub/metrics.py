"""What is counted: numbers and names of the hub's own parts, never anything of a person.

Counters stand where things happen; what the database knows better is asked when somebody scrapes (hub/web/metrics.py).
Labels are few and closed: routes as declared, channel ids, kinds, outcomes.
"""

from __future__ import annotations

import asyncio
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.process_collector import ProcessCollector

REGISTRY: Final = CollectorRegistry()
ProcessCollector(registry=REGISTRY)

_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_LAG_SECONDS: Final = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 5.0)
_SIZES: Final = (1, 2, 4, 8, 16, 32, 64)
_LAG_EVERY: Final = 0.5

REQUESTS: Final = Counter("hub_http_requests", "Requests answered.", ["method", "route", "status"], registry=REGISTRY)
REQUEST_SECONDS: Final = Histogram(
    "hub_http_request_seconds",
    "Time until the answer; sockets are left out.",
    ["route"],
    buckets=_SECONDS,
    registry=REGISTRY,
)
INGESTED: Final = Counter(
    "hub_ingested",
    "What channels handed over: stored, quarantined, ignored, duplicate, copy.",
    ["kind", "outcome"],
    registry=REGISTRY,
)
INGEST_BATCH: Final = Histogram(
    "hub_ingest_batch_size", "Messages stored by one commit.", buckets=_SIZES, registry=REGISTRY
)
SEND_ATTEMPTS: Final = Counter(
    "hub_send_attempts", "Calls of a provider to send, by how they ended.", ["kind", "outcome"], registry=REGISTRY
)
JOBS: Final = Counter(
    "hub_jobs",
    "Runs of background jobs: done, settled (by the job itself), again, dead.",
    ["kind", "result"],
    registry=REGISTRY,
)
LOOP_LAG: Final = Histogram(
    "hub_loop_lag_seconds", "How late the event loop came to a timer.", buckets=_LAG_SECONDS, registry=REGISTRY
)

SOCKETS: Final = Gauge("hub_sockets", "Live sockets of agents.", registry=REGISTRY)
FEED_LAG: Final = Gauge("hub_feed_lag_seconds", "Age of the oldest event not yet delivered here.", registry=REGISTRY)
POOL: Final = Gauge(
    "hub_database_connections",
    "Connections by pool: in use, and the most allowed.",
    ["pool", "what"],
    registry=REGISTRY,
)
DELIVERIES: Final = Gauge(
    "hub_deliveries", "Outgoing messages that are not settled, or failed in the last day.", ["state"], registry=REGISTRY
)
OLDEST_QUEUED: Final = Gauge(
    "hub_oldest_queued_seconds", "How long the oldest message has waited to be sent.", registry=REGISTRY
)
JOBS_WAITING: Final = Gauge("hub_jobs_waiting", "Background jobs by state.", ["kind", "state"], registry=REGISTRY)
SEARCH_LAG: Final = Gauge(
    "hub_search_lag_seconds", "Age of the oldest change that search does not know yet.", registry=REGISTRY
)
SEARCH_WAITING: Final = Gauge(
    "hub_search_waiting",
    "What search has still to take in: files to be read, entries from before it began (up to 100,000 are counted).",
    ["what"],
    registry=REGISTRY,
)
QUARANTINED: Final = Gauge("hub_quarantined", "What could not be understood and waits for somebody.", registry=REGISTRY)
CHANNELS: Final = Gauge(
    "hub_channel_up", "1 while the channel works (degraded is 0.5, down 0).", ["channel", "kind"], registry=REGISTRY
)
READY: Final = Gauge("hub_ready", "1 while this hub takes requests, 0 while it drains.", registry=REGISTRY)
BUILD: Final = Gauge("hub_build", "Always 1; the version is the label.", ["version"], registry=REGISTRY)


async def watch_loop() -> None:
    """Measures, until cancelled, how late the event loop is."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + _LAG_EVERY
        await asyncio.sleep(_LAG_EVERY)
        LOOP_LAG.observe(max(0.0, loop.time() - due))
