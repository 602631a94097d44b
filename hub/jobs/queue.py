"""The job table as the worker's tier knows it; it lies below, for those who enqueue are below."""

from hub.outbound.job import (
    DeadJob,
    Job,
    bury,
    claim,
    claim_of_channels,
    dead_jobs,
    enqueue,
    finish,
    release,
    renew,
    return_expired,
    revive,
)

__all__ = [
    "DeadJob",
    "Job",
    "bury",
    "claim",
    "claim_of_channels",
    "dead_jobs",
    "enqueue",
    "finish",
    "release",
    "renew",
    "return_expired",
    "revive",
]
