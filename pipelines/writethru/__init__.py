"""Streaming ingest for news-agency wires: update marks, version chains, event threads."""

__version__ = "0.1.0"
