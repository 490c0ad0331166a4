"""The language of wire copy: update marks and notes, headline prefixes, slugs, datelines, bylines, captions, end marks."""

from writethru.wire.normalise import normalise

__all__ = ["normalise"]
