"""Version chains: which story an article belongs to, its place there, what it supersedes, and what a kill takes back. Pure."""

from writethru.stories.index import Chained, StoryIndex

__all__ = ["Chained", "StoryIndex"]
