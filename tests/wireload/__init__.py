"""A wire for load tests: 23 agencies and nine outlets, eight languages, every format; and how to compare what two runs made of it.

`life` is the invented wire, `collection` a real collection spread over the same agencies, `plain` what the pure functions make of either,
`compare` the differences between two runs, `held` what a run left in topics and tables.
"""

from tests.wireload.collection import variants
from tests.wireload.compare import Records, b_cubed, differences, lost_and_doubled
from tests.wireload.held import cached, read_raw, read_sql, read_topics, version_faults
from tests.wireload.life import BEGIN, Message, Sent, messages, stream
from tests.wireload.plain import Expected, expected, raw

__all__ = [
    "BEGIN",
    "Expected",
    "Message",
    "Records",
    "Sent",
    "b_cubed",
    "cached",
    "differences",
    "expected",
    "lost_and_doubled",
    "messages",
    "raw",
    "read_raw",
    "read_sql",
    "read_topics",
    "stream",
    "variants",
    "version_faults",
]
