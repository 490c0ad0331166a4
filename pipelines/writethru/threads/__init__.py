"""Copies, derivations and event threads: which articles, of whatever agency, tell the same event. Pure; the key is the language."""

from writethru.threads.index import Threaded, ThreadIndex
from writethru.threads.settings import ThreadSettings

__all__ = ["ThreadIndex", "ThreadSettings", "Threaded"]
