"""All live chains of one agency: an article in, its place out, and what its arrival does to the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from writethru.records import Article, Changes, Link, StoryPlace
from writethru.records import Story as StoryRecord
from writethru.stories import chain, copies, keys, log, parts, pieces, place, redact, standing
from writethru.stories.assemble import Told, assemble
from writethru.stories.chain import Story, Version
from writethru.stories.changes import changes as changes_from
from writethru.stories.changes import part_changes
from writethru.stories.evidence import Evidence
from writethru.stories.facts import Facts, facts
from writethru.stories.report import merged_record, story_record
from writethru.stories.standing import CONTROLS
from writethru.stories.versions import new_version, role_of, settle

CAP = 200_000


@dataclass(frozen=True, slots=True)
class Chained:
    """Articles in input order, each with its place; what an article's arrival changed of earlier ones (redactions, releases: `rev`
    risen, no payload) stands right after it. `stories` are the newest states of all that changed or were asked for again."""

    articles: tuple[Article, ...]
    stories: tuple[StoryRecord, ...]


class StoryIndex:
    """All live chains of one agency (the key).

    `clock` (ms) is the largest agency time seen, capped by the article's Kafka timestamp; 0 before any. `capped` counts the articles
    that were forgotten because more than `cap` were live.
    """

    def __init__(self, agency: str, *, cap: int = CAP) -> None:
        self.agency = agency
        self.cap = cap
        self.capped = 0
        self._counters = log.Counters()
        self._logged = log.Counters()
        self._stories: dict[str, Story] = {}
        self._articles: dict[str, Version] = {}
        self._absorbed: dict[str, Story] = {}
        self._floating: dict[str, Story] = {}
        self._kin: dict[bytes, bytes] = {}
        self._evidence = Evidence(agency)
        self._copies = copies.Copies()
        self._unlogged: dict[str, Story] = {}
        self._unlogged_merges: list[bytes] = []
        self._told: dict[str, Story] = {}
        self._told_merges: dict[str, chain.Absorbed] = {}

    @property
    def clock(self) -> int:
        return self._counters.clock

    @clock.setter
    def clock(self, clock: int) -> None:
        self._counters.clock = clock

    @property
    def stories(self) -> int:
        """Live stories."""
        return len(self._stories)

    def __len__(self) -> int:
        """Live articles."""
        return len(self._articles)

    def apply(self, articles: Sequence[Article]) -> Chained:
        """Places the articles one after another."""
        self._told, self._told_merges = {}, {}
        out: list[Article] = []
        for article in articles:
            time = article.time
            if time is not None:
                self._tick(time, article.provenance.timestamp)
            known = self._articles.get(article.id)
            if known is None:
                self._arrive(article, time, out)
            else:
                self._again(article, known, out)
        merged = [merged_record(self.agency, absorbed) for absorbed in self._told_merges.values()]
        chained = Chained(tuple(out), (*merged, *[story_record(self.agency, story) for story in self._told.values()]))
        if len(self._articles) > self.cap:
            self._make_room()
        return chained

    # --- an article's way -------------------------------------------------------------------------------------------------

    def _tick(self, time: int, kafka: int) -> None:
        moment = min(time, kafka) if kafka > 0 else time
        if moment <= self._counters.clock:
            return
        self._counters.clock = moment
        # What came without a time since the clock's last step came at some time up to this one.
        for story in self._floating.values():
            story.touched, story.seq, story.floating = moment, self._next_seq(), False
            self._unlogged[story.id] = story
        self._floating = {}

    def _arrive(self, article: Article, time: int | None, out: list[Article]) -> None:
        item = keys.own_uri(article)
        told = facts(article, item, self._evidence.agency)
        version = new_version(article, item, told, time, self._counters.clock, self._next_seq(), self._evidence.guesses)
        version.kin = self._kin.setdefault(version.kin, version.kin)
        match = self._evidence.find(version, told, article.body, self._counters.clock)
        after: list[Article] = []
        ruled: Sequence[Story] = ()
        if match is None or not match.stories:
            story, link = self._open(article, version, told), redact.OPENS if match is None else match.link
        else:
            story, link = match.stories[0], match.link
            if told.control and not self._evidence.stands(told):
                (story, link), ruled = (self._open(article, version, told), redact.OPENS), match.stories
            elif told.control:
                ruled = match.stories[1:]
            else:
                for other in match.stories[1:]:
                    story = self._merge(story, other, after)
        was = parts.present(story.versions)
        before = parts.needed(was, story.current)
        part = pieces.piece(article)
        where = pieces.place(article, part) if part is not None else None
        placed = self._join(article, version, where, story, link, was, after)
        if version.role == "control" and match is not None and story in match.stories:
            _stand_for(version, story.current)
        standing.rule(version, story, after)
        if not told.control and not any(other.item == item for other in story.versions if other is not version):
            for control in self._evidence.ruling(told.called):
                standing.impose(control, story, after, version)
        killed = (story, *ruled) if version.action == "kill" else (story,)
        twins = self._same_text(*killed) if story.status == "canceled" else []
        for other in ruled:
            standing.impose(version, other, after)
            for later in self._evidence.ruling([known.item for known in other.versions if known.item]):
                if later.key > version.key:
                    standing.impose(later, other, after)
        for other in twins:
            standing.kill(other, after)
        for other in (*ruled, *twins):
            self._touch(other, time)
        if after or ruled:
            version.ruled = (story.id, *[other.id for other in (*ruled, *twins)])
        standing.keep_copy(article, version, where, before, self._copies)
        version.place = redact.pack_place(redact.bare(placed) if version.shown == "canceled" else placed)
        version.awaiting = version.action == "alert" or (told.marked and (placed.position == 1 or version.role == "control"))
        self._articles[version.id] = version
        self._evidence.register(version)
        self._touch(story, time)
        out.append(self._emitted(article, version, placed))
        # Where several stories merge, a member is changed by each; what it is on the way, a text that a kill then empties, is not told.
        out.extend({changed.id: changed for changed in after}.values())
        if gone := chain.shed(story):
            standing.carry(gone, story)
            self._derive()

    def _again(self, article: Article, version: Version, out: list[Article]) -> None:
        """A redelivered article: the decision that stands, and where it ruled over others, what it made of them. All that its arrival
        sent goes out again: whoever lost that, has it now."""
        out.append(self._emitted(article, version, redact.stored_place(version)))
        ruled = (self._stories.get(id_) or self._absorbed.get(id_) for id_ in version.ruled)
        for story in dict.fromkeys((version.story, *[story for story in ruled if story is not None])):
            if version.ruled:
                out.extend(redact.resent(other) for other in story.versions if other is not version and other.rev > 1)
            self._told[story.id] = story
            self._told_merges.update((absorbed.id, absorbed) for absorbed in story.absorbed)

    def _emitted(self, article: Article, version: Version, placed: StoryPlace) -> Article:
        if version.rev > article.rev:
            return redact.resent(version)
        if version.shown == "usable":
            return redact.as_it_came(article, version, placed)
        if version.action in ("kill", "withhold"):
            return redact.as_control(article, version, placed)
        return redact.without_text(version, placed)

    # --- chains -----------------------------------------------------------------------------------------------------------

    def _open(self, article: Article, version: Version, told: Facts) -> Story:
        story_id = self._explicit_id(version, told)
        if story_id is None or story_id in self._stories or story_id in self._absorbed:
            story_id = keys.story_id(self.agency, "article", article.id)
        # The revision starts at the clock's second: a story that was forgotten, or met by a job without its state, opens again above
        # what sinks hold under its id.
        story = Story(story_id, rev=self._counters.clock // 1000, opened=version.seq, lone=told.lone, language=article.language)
        self._stories[story_id] = story
        return story

    def _explicit_id(self, version: Version, told: Facts) -> str | None:
        if told.serial:
            return keys.story_id(self.agency, "serial", told.serial)
        if version.item:
            return keys.story_id(self.agency, "uri", version.item)
        if version.slug and version.time is not None:
            return keys.story_id(self.agency, "slug", f"{version.slug}\0{keys.cycle_day(version.time)}")
        return None

    def _join(
        self,
        article: Article,
        version: Version,
        where: pieces.Place | None,
        story: Story,
        link: Link,
        was: parts.Present,
        after: list[Article],
    ) -> StoryPlace:
        """`where` the text of a part goes; `was` is what the story's text was made of. Copy that was taken for a note is appended to
        `after`."""
        version.story = story
        again = place.same_again(story.versions, version)
        version.role = role_of(article, version, again)
        version.shown = story.status
        before = story.current
        index = chain.add(story, version)
        came_first = again is not None and version.role == "repeat" and index < story.versions.index(again)
        if came_first:
            version.role = role_of(article, version, None)
        place.recount(story.versions, index)
        standing.unveil(settle(story), after)
        story.current = chain.current(story.versions)
        changes = None
        supersedes = None
        if story.current is version:
            if before is not None and version.role == "whole" and not came_first:
                supersedes = before.id
                known = copies.item(before)
                if known is not None:
                    changes = changes_from(known, article, assemble(was, copies.kept).text)
            story.slugline = str(article.article.get("slugline") or story.slugline)
            story.language = article.language
        told = Told()
        now = parts.present(story.versions)
        if version is now.whole or any(part.version is version for part in now.parts):
            told = assemble(now, lambda known: (article.body, where) if known is version else copies.kept(known))
            if not came_first:
                changes = changes or _part_changes(article, was, told)
        version.act = place.act(story.versions, version)
        place.retell(story.versions, index)
        if version.act not in CONTROLS and story.status == "withheld" and version in standing.lifting(story.versions):
            version.act = "release"
        if version.time is not None:
            story.first = version.time if story.first is None else min(story.first, version.time)
            story.last = version.time if story.last is None else max(story.last, version.time)
        placed = StoryPlace(
            id=story.id,
            position=story.shed + index + 1,
            action=version.act,
            supersedes=supersedes,
            previous=story.versions[index - 1].id if index else None,
            gap=place.gap(story.versions, version),
            link=link,
            changes=changes,
            late=index < len(story.versions) - 1,
            duplicate=again is not None,
            parts=told.parts,
        )
        # What was held back is not told by saying what became of it.
        return redact.uncompared(placed) if any(_hides(known, version) for known in parts.needed(was, before)) else placed

    def _merge(self, a: Story, b: Story, after: list[Article]) -> Story:
        """One of two stories that are proven to be one: the earlier-opened takes in the other's members; a kill or hold of either holds."""
        story, absorbed = (a, b) if a.opened < b.opened else (b, a)
        for version in absorbed.versions:
            redact.pin_place(version)
        chain.absorb(story, absorbed)
        standing.inherit(story, absorbed, after)
        for table in (self._stories, self._unlogged, self._told, self._floating):
            table.pop(absorbed.id, None)
        for gone in story.absorbed:
            self._absorbed[gone.id] = story
        self._unlogged_merges.append(log.write_merged(absorbed.id))
        last_word = story.absorbed[-1]
        self._told_merges[last_word.id] = last_word
        return story

    def _same_text(self, *killed: Story) -> list[Story]:
        """The stories that tell word for word, as their current version, what these told: one text under several uris."""
        for story in killed:
            self._evidence.withdraw(story)
        live = (story for story in self._stories.values() if story.status != "canceled" and story not in killed)
        return [story for story in live if story.current is not None and self._evidence.withdrawn(story.current)]

    def _touch(self, story: Story, time: int | None) -> None:
        story.rev += 1
        story.seq = self._next_seq()
        story.touched, story.floating = self._counters.clock, time is None
        self._floating.pop(story.id, None)
        if story.floating:
            self._floating[story.id] = story
        self._unlogged[story.id] = story
        self._told[story.id] = story
        if story.status == "canceled":
            self._evidence.withdraw(story)
        if story.status != "usable":
            # Sinks may still hold headlines under the ids that were merged away.
            self._told_merges.update((absorbed.id, absorbed) for absorbed in story.absorbed)

    def _next_seq(self) -> int:
        self._counters.seq += 1
        return self._counters.seq

    # --- the log ----------------------------------------------------------------------------------------------------------

    def drain(self) -> list[bytes]:
        """Log entries (JSON, one line each) of all that changed since the last call: each changed story whole."""
        entries = self._unlogged_merges
        entries.extend(log.write_story(story) for story in self._unlogged.values())
        if self._counters != self._logged:
            entries.append(log.write_counters(self._counters))
            self._logged = replace(self._counters)
        self._unlogged, self._unlogged_merges = {}, []
        return entries

    def snapshot(self) -> list[bytes]:
        """Log entries of the whole present state: `restore` makes this index of them alone, so that they can stand in place of all that
        was drained before. They hold no headline, body or note of a killed story, which what was drained before its kill does."""
        stories = self._stories.values()
        merged = [log.write_merged(absorbed.id) for story in stories for absorbed in story.absorbed]
        return [*merged, *[log.write_story(story) for story in stories], log.write_counters(self._counters)]

    def restore(self, entries: Iterable[bytes]) -> None:
        """Makes this index the one whose drains are given, oldest first. Raises orjson.JSONDecodeError for an entry that is none."""
        self._counters, stories = log.read_entries(entries)
        self._logged = replace(self._counters)
        self._stories = {story.id: story for story in sorted(stories, key=lambda story: story.opened)}
        self._unlogged, self._unlogged_merges = {}, []
        self._derive()
        self._copies = copies.Copies(self._articles.values())

    def evict(self, before: int) -> int:
        """Forgets the stories last touched before this clock (ms). Returns how many articles that were."""
        return self._forget([story for story in self._stories.values() if story.touched < before])

    def _make_room(self) -> None:
        # A sixteenth more than needed goes at once: forgetting costs by what remains, not by what goes.
        surplus = len(self._articles) - self.cap + self.cap // 16
        gone: list[Story] = []
        for story in sorted(self._stories.values(), key=lambda story: story.seq):
            if surplus <= 0:
                break
            surplus -= len(story.versions)
            gone.append(story)
        self.capped += self._forget(gone)

    def _forget(self, gone: list[Story]) -> int:
        if not gone:
            return 0
        had = len(self._articles)
        for story in gone:
            del self._stories[story.id]
            self._unlogged.pop(story.id, None)
        self._counters.floor = max(self._counters.floor, *(story.seq for story in gone))
        self._derive()
        return had - len(self._articles)

    def _derive(self) -> None:
        """The tables that follow from the live versions, made anew in order of arrival: the same ones after a restart."""
        versions = sorted((version for story in self._stories.values() for version in story.versions), key=lambda version: version.seq)
        self._absorbed = {absorbed.id: story for story in self._stories.values() for absorbed in story.absorbed}
        floating = sorted((story for story in self._stories.values() if story.floating), key=lambda story: story.seq)
        self._floating = {story.id: story for story in floating}
        self._kin = {}
        self._evidence = Evidence(self.agency)
        for version in versions:
            version.kin = self._kin.setdefault(version.kin, version.kin)
            self._evidence.register(version)
        self._articles = {version.id: version for version in versions}


def _part_changes(article: Article, was: parts.Present, told: Told) -> Changes | None:
    """What a part makes of its story's text; None where it found no place, or the text before it can not be told. `was` is what that was
    made of."""
    if was.whole is None or told.text is None or any(lack.article == article.id for lack in told.lacks):
        return None
    before = copies.item(was.whole)
    if before is None:
        return None
    text = assemble(was, copies.kept).text if was.parts else copies.body(before)
    return part_changes(before, article, text, told.text) if text is not None else None


def _hides(known: Version, new: Version) -> bool:
    """Whether the record of `new` may go out while what it replaces may not."""
    if known.action == "withhold" or not known.embargoed:
        return known.action == "withhold"
    return not new.embargoed or redact.embargoed_until(known) > redact.embargoed_until(new)


def _stand_for(control: Version, held: Version | None) -> None:
    """A kill or hold is found by the words of what it rules over: its own ("BULLETIN KILL") would find nothing but the next kill."""
    control.guessable = held is not None and held.guessable
    control.headline, control.tokens, control.slug = (held.headline, held.tokens, held.slug) if held is not None else ("", (), "")
    if held is not None and held.embargoed:  # the control has no embargo that would keep its record from showing these words
        control.headline = ""
