"""Which story an article belongs to, from the most trusted evidence down: guid, links, serial, slug, headline.

All tables here are derived from the live versions in order of arrival; whoever loses them makes the same ones again (`Evidence.register`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from writethru.records import Link, Second
from writethru.stories import again, fit, keys, slugs
from writethru.stories.chain import Story, Version
from writethru.stories.facts import Facts
from writethru.stories.guess import ranked, versions
from writethru.stories.headlines import HeadlineIndex, Likeness, Titled, in_common, tokens
from writethru.stories.numbers import Numbers, is_number
from writethru.stories.redact import OPENS
from writethru.stories.standing import CONTROLS
from writethru.stories.times import apart, is_substitute, near, opened_later
from writethru.stories.versions import EMPTY
from writethru.wire.agencies import Agency, table

HOUR = keys.HOUR

SAME_HEADLINE = 0.75
"""From here a headline that a note quotes, or an item without a mark, is taken for the one that is known."""
RULED_HEADLINE = 0.38
"""From here a kill or hold without any other name means the story with this headline."""
KINDRED = 0.15
"""What two plain items under one slug must share when each has a guid of its own or the slug is one common word."""
GROWS = 6 * HOUR
"""How long after an alert the plain story under its headline may follow."""
STORIES_UNDER_SLUG = 100
VERSIONS_UNDER_SLUG = 1_000
"""So many are asked, the latest: a slug that is a section's name stands on every item."""
REACH = 24 * HOUR
"""How far apart in agency time two versions may lie that only their headlines tie."""


NEAR = 0.05
"""From here a story that was refused is told of."""


@dataclass(frozen=True, slots=True)
class Match:
    """The stories found, the most trusted first. More than one are proven to be one, save that a kill may name several. None where the
    nearest was refused: the link says which."""

    stories: Sequence[Story]
    link: Link


class Evidence:
    """The live versions of one agency by name, slug and headline."""

    def __init__(self, agency: str) -> None:
        self.agency = table().by_id.get(agency, Agency(agency))
        self.guesses = agency != keys.UNKNOWN
        self._named: dict[str, Version] = {}
        self._ruling: dict[str, list[Version]] = {}
        self._numbers = Numbers()
        self._slugged: dict[str, list[Version]] = {}
        self._headlines = HeadlineIndex()
        self._awaiting = HeadlineIndex()
        self._killed: dict[int, Version] = {}
        self._quoted = 0

    def register(self, version: Version) -> None:
        """`version` can be found from now on. Versions come in order of arrival: of two with one name the later is meant."""
        if version.item:
            self._named[version.item] = version
        for name in version.names:
            if is_number(name):
                self._numbers.add(name, version)
            else:
                self._named[name] = version
                self._quoted += " " in name
        if version.action in CONTROLS:
            for name in _further(version):
                self._ruling.setdefault(name, []).append(version)
        story = version.story
        if story.status == "canceled":
            self.withdraw(story)
        if not version.guessable:
            return
        if version.slug:
            self._slugged.setdefault(version.slug, []).append(version)
        if version.tokens:
            self._headlines.add(version)
            if version.awaiting:
                self._awaiting.add(version)

    def withdraw(self, story: Story) -> None:
        """The text of a killed story is known from now on, by its digests alone."""
        for version in story.versions:
            if not tells(version):
                continue
            known = self._killed.get(version.digest)
            # The first to arrive, so that the table is the same whatever was killed first.
            if known is None or version.seq < known.seq:
                self._killed[version.digest] = version

    def withdrawn(self, version: Version) -> bool:
        """Whether this is, word for word, text that was killed."""
        return tells(version) and version.digest in self._killed

    def stands(self, told: Facts) -> bool:
        """Whether a kill, hold or release that names several items finds the first of them, in whose story it stands, or another that
        names it first."""
        items = [ref for ref in told.refs if not keys.is_number(ref)]
        if len(items) < 2:
            return True
        first = items[0]
        beside = self._named.get("~" + first)
        return any(name in self._named for name in (first, "i:" + first, *[name for name, _ in told.own])) or (
            beside is not None and beside not in self._ruling.get("~" + first, ())
        )

    def ruling(self, names: Iterable[str]) -> list[Version]:
        """The kills, holds and releases that name an item of these names behind another: they stand in the story of the first that they
        name, and rule over this one's. In the agency's order."""
        found = (version for name in names for version in self._ruling.get("~" + name, ()))
        return sorted(dict.fromkeys(found), key=lambda version: version.key)

    def find(self, new: Version, told: Facts, body: str, clock: int) -> Match | None:
        named = self._by_name(new, told, clock)
        if named and new.guessable and not told.control:
            return self._with_slug(named, new, told, clock)
        if named or not new.guessable:
            return named
        if new.action not in ("kill", "withhold") and self.withdrawn(new):
            return Match((self._killed[new.digest].story,), Link("text", 1.0))
        if told.slug.key:
            found = self._by_slug(new, told, clock)
            if found or not told.control:
                return found
        if told.control and any(not keys.is_number(ref) for ref in told.refs):
            return None  # an item of that name is yet to come: words that the notes of a desk share do not lead to another
        return self._by_headline(new, told, body, clock)

    # --- names ------------------------------------------------------------------------------------------------------------

    def _by_name(self, new: Version, told: Facts, clock: int) -> Match | None:
        stories: dict[Story, None] = {}
        link: Link | None = None
        for story, found in self._named_stories(new, told, clock):
            if story.lone and found.rule != "uri" and not told.control:
                continue
            link = link or found
            stories[story] = None
        if link is not None and link.second and any(story.id == link.second.story for story in stories):
            link = replace(link, second=None)
        return Match(tuple(stories), link) if link else None

    def _named_stories(self, new: Version, told: Facts, clock: int) -> Iterator[tuple[Story, Link]]:
        named = self._named
        for name, rule in told.own:
            version = named.get(name)
            if version is not None:
                yield version.story, _named_link(rule, name[2:] if name[1:2] == ":" and rule != "uri" else name)
        for name in told.called:
            if keys.is_number(name):
                yield from ((story, _named_link("link", name)) for story in self._numbers.referring(name, new, clock))
            elif (version := named.get("~" + name)) is not None and version not in self._ruling.get("~" + name, ()):
                yield version.story, _named_link("link", name)
        for ref in told.refs:
            if keys.is_number(ref):
                yield from ((story, _named_link("link", ref)) for story in self._numbers.meant(ref, new, told.control, clock))
                continue
            for name in (ref, "i:" + ref, "~" + ref):
                if name in named:
                    yield named[name].story, _named_link("link", ref)
        if self._quoted and new.tokens:
            version = named.get("~" + " ".join(new.tokens))
            if version is not None and apart(version.story, new.time) <= REACH:
                yield version.story, self._worded_link(new.headline, new.tokens)
        for headline in told.quoted:
            quoted = self._quoted_headline(headline, new.time)
            if quoted is not None:
                yield quoted
                continue
            words = tokens(headline)
            version = named.get("~" + " ".join(words))
            if version is not None:
                yield version.story, self._worded_link(headline, words)

    def _worded_link(self, headline: str, known: tuple[str, ...], second: Second | None = None) -> Link:
        """A link by a headline that one of the two quotes: its rarest words, as the new item prints them."""
        likeness = self._headlines.likeness(tokens(headline))
        return Link("link", _TRUST["link"], in_common(headline, known, likeness), second)

    def _quoted_headline(self, headline: str, time: int | None) -> tuple[Story, Link] | None:
        if not self.guesses:
            return None
        likeness = self._headlines.likeness(tokens(headline))
        alike = [(likeness.to(known.tokens), known) for known in versions(self._headlines.nearest(likeness))]
        near_enough = [(score, known.seq, known) for score, known in alike if score >= KINDRED and apart(known.story, time) <= REACH]
        near_enough.sort(key=lambda one: one[:2], reverse=True)
        if not near_enough or near_enough[0][0] < SAME_HEADLINE:
            return None
        best = near_enough[0][2]
        return best.story, self._worded_link(headline, best.tokens, _second(best, [(score, known) for score, _, known in near_enough]))

    # --- slugs ------------------------------------------------------------------------------------------------------------

    def _by_slug(self, new: Version, told: Facts, clock: int) -> Match | None:
        found = slugs.found(self._under(told.slug.key), new, told, clock, self._kin(new, told))
        return Match(*found) if found else None

    def _with_slug(self, named: Match, new: Version, told: Facts, clock: int) -> Match:
        """Beside the stories that a name ties, those under its slug that would have been of its story had it come before them: parts and
        updates that wait for it. Where a name leads to nothing but a kill, hold or release that came first, the slug still tells."""
        if told.slug.key not in self._slugged:
            return named
        ruled = all(version.action in CONTROLS for story in named.stories for version in story.versions)
        waiting = [story for story in self._under(told.slug.key) if ruled or opened_later(story, new)]
        found = slugs.found(waiting, new, told, clock, self._kin(new, told))
        if not found:
            return named
        return Match(tuple(dict.fromkeys((*named.stories, *found[0]))), named.link)

    def _under(self, slug: str) -> list[Story]:
        """The stories under a slug, the latest first: so many that have a section's name for one cost no more than these."""
        stories: dict[Story, None] = {}
        for version in islice(reversed(self._slugged.get(slug, ())), VERSIONS_UNDER_SLUG):
            stories[version.story] = None
            if len(stories) == STORIES_UNDER_SLUG:
                break
        return list(stories)

    def _kin(self, new: Version, told: Facts) -> Callable[[Story], bool]:
        """Whether the item under a story's slug may be of that story: where each has a guid, or the slug is one common word, they share a
        word of their headlines."""
        likeness = self._headlines.likeness(new.tokens)

        def kindred(story: Story) -> bool:
            several_guids = bool(new.item) and all(version.item for version in story.versions)
            if not several_guids and not told.slug.key.isalnum():
                return True
            return any(likeness.to(version.tokens) >= KINDRED for version in story.versions[-8:] if version.tokens)

        return kindred

    # --- headlines --------------------------------------------------------------------------------------------------------

    def _by_headline(self, new: Version, told: Facts, body: str, clock: int) -> Match | None:
        plain = not (told.marked or told.control or new.action == "alert")
        likeness = self._headlines.likeness(new.tokens)
        alike = (self._awaiting if plain else self._headlines).nearest(likeness)
        if told.marked and not told.control:
            found = self._rewritten(new, likeness, alike, lambda known: may_rewrite(new, known))
            if new.action != "update" or (found and found.stories):
                return found
            grown = self._same_words(new, told, likeness, alike, clock)
            return grown if grown and grown.stories else found
        base = self._rewritten(new, likeness, alike, lambda known: lacks_base(known, new)) if plain else None
        if base and base.stories:
            return base
        same = self._same_words(new, told, likeness, alike, clock)
        return same if same and same.stories else (self._again(new, body) if plain else None) or base or same

    def _again(self, new: Version, body: str) -> Match | None:
        """The story that a plain item sends again without a mark."""
        stories = again.stories_of(new, body, versions(self._headlines.worded(new.tokens)))
        if not stories:
            return None
        terms = in_common(new.headline, new.tokens, self._headlines.likeness(new.tokens))
        second = Second(stories[1].id, again.SECOND) if len(stories) > 1 else None
        return Match(stories[:1], Link("headline", again.HOLDS, (*terms, "again"), second))

    def _rewritten(self, new: Version, likeness: Likeness, alike: Iterable[Titled], allowed: Callable[[Version], bool]) -> Match | None:
        """The story of which a marked item is a version, or a plain one the base."""
        found = ranked(new, likeness, alike, self._headlines.heaviest, allowed)
        if not found:
            return None
        best = found[0]
        if best.likelihood < fit.ENOUGH:
            return _refused(best.version.story, best.likelihood)
        second = Second(found[1].version.story.id, round(found[1].likelihood, 3)) if len(found) > 1 else None
        terms = (*in_common(new.headline, best.version.tokens, likeness), fit.STEPS[best.terms.step])
        return Match((best.version.story,), Link("headline", round(best.likelihood, 3), terms, second))

    def _same_words(self, new: Version, told: Facts, likeness: Likeness, alike: Iterable[Titled], clock: int) -> Match | None:
        """The story that a kill or hold means, the alert that a plain item grew from, the killed one that a late item is of."""
        enough = RULED_HEADLINE if told.control else SAME_HEADLINE
        found: list[tuple[float, int, Version]] = []
        for candidate in versions(alike):
            story = candidate.story
            if not told.control and not (awaits(story, new) and not told.marked) and not _grows(candidate, new, clock):
                continue
            if apart(story, new.time) <= REACH:
                found.append((likeness.to(candidate.tokens), -candidate.seq, candidate))
        found.sort(key=lambda one: one[:2], reverse=True)
        if not found:
            return None
        score, _, best = found[0]
        if score < enough:
            return _refused(best.story, score)
        second = _second(best, [(other, known) for other, _, known in found])
        return Match((best.story,), Link("headline", round(score, 3), in_common(new.headline, best.tokens, likeness), second))


def _further(control: Version) -> list[str]:
    """The names of items behind the first that it names, numbers and headlines apart."""
    return [name for name in control.names if name.startswith("~") and " " not in name and not is_number(name)][1:]


# Yonhap: one (2nd LD) of eight with another version digit; a good hint, not proof.
_TRUST = {"uri": 1.0, "item-id": 1.0, "link": 1.0, "story-id": 0.95}
LONGEST = 80
"""Characters of a name that a link shows."""


def _named_link(rule: str, name: str) -> Link:
    return Link(rule, _TRUST[rule], (name[:LONGEST],))


def _refused(story: Story, score: float) -> Match | None:
    """What the record of an opening says of the story that came nearest."""
    return Match((), replace(OPENS, second=Second(story.id, round(score, 3)))) if score >= NEAR else None


def _second(best: Version, ranked: Iterable[tuple[float, Version]]) -> Second | None:
    """The next story after that of the best, by how much its headline says the same; none where it says something else."""
    return next((Second(known.story.id, round(score, 3)) for score, known in ranked if known.story is not best.story and score > 0), None)


def tells(version: Version) -> bool:
    """Whether a version is copy that its digest stands for. Pictures of one event share a caption: theirs does not."""
    return version.guessable and version.digest != EMPTY


def awaits(story: Story, new: Version) -> bool:
    """Whether a plain item may be what a story lacks: the base of an update that came first, the victim of a kill that came first.

    What came out at the update's very moment is no base of it, unless marks or a bare day leave that open.
    """
    if story.status != "usable":
        return not is_substitute(story, new.time)
    opening = story.versions[0]
    return opened_later(story, new) and (new.time != opening.time or _may_follow(opening, new))


def _may_follow(update: Version, base: Version) -> bool:
    """Whether of two items of one moment the marked one may be the later: its ordinal says so, or midnight exactly, which stands for a bare
    day, says nothing."""
    return (update.ordinal or 0) > (base.ordinal or 0) or (update.time is not None and update.time % keys.DAY == 0)


def may_rewrite(new: Version, known: Version) -> bool:
    """Whether a marked item may be of the known version's story by its words. What came out after it and has no mark only tells it again:
    an agency's other services do so minutes later, under the update's own words."""
    retold = not known.marked and new.time is not None and known.time is not None and known.time >= new.time
    if retold and known.time == new.time:
        retold = not _may_follow(new, known)
    return not retold and apart(known.story, new.time) <= REACH


def lacks_base(known: Version, new: Version) -> bool:
    """Whether the known version's story opened with an update, later than the plain item that may be its base."""
    story = known.story
    return story.status == "usable" and apart(story, new.time) <= REACH and awaits(story, new)


def _grows(known: Version, new: Version, clock: int) -> bool:
    """Whether of two items under one headline one is the alert and the other the story or update that it grew into, hours later at most."""
    story, time = known.story, new.time
    if story.status != "usable" or story.lone or not near(story, time, clock, GROWS):
        return False
    if known.action == "alert":
        return new.action in ("new", "update") and (time is None or known.time is None or known.time <= time)
    return new.action == "alert" and known.action in ("new", "update") and (time is None or known.time is None or time <= known.time)
