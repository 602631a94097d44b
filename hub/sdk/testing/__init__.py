"""For authors of connectors: a hub in memory, and the conformance suite that every connector passes.

memory.py       MemorySink, MemoryLog and FakeContext, to run a session without a hub
conformance.py  ConnectorConformance, to be subclassed in a pytest module (needs pytest and pytest-asyncio);
                its rules for what comes in and goes out are in receiving.py and sending.py
"""

from hub.sdk.testing.memory import FakeContext, MemoryLog, MemorySink

__all__ = ["FakeContext", "MemoryLog", "MemorySink"]
