"""The threads of one language: what is live, what it is filed under, what changed. Decides nothing itself; see decide.py."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from sys import intern
from typing import TypeAlias

import orjson

from writethru.once import Once
from writethru.records import Article, Relation, SecondThread, Thread
from writethru.threads import log
from writethru.threads.embedding import Embedding
from writethru.threads.evidence import Evidence, unpack, weightiest
from writethru.threads.frequencies import TIDE
from writethru.threads.match import QUOTED, Claim, Looked, Matcher
from writethru.threads.model import Model
from writethru.threads.quoted import quoted
from writethru.threads.reading import ALONE, Text, alone_by, is_dead, read, shown
from writethru.threads.rounds import rounds
from writethru.threads.settings import ThreadSettings
from writethru.threads.state import GLUE, Event, Live, thread_id
from writethru.threads.terms import printed
from writethru.threads.window import Window

_DEFAULT = ThreadSettings()
_NOTHING = b""

_Place: TypeAlias = tuple[Relation, str | None, float, str]


@dataclass(frozen=True, slots=True)
class Threaded:
    """`articles` with `thread` filled, in the order they came; `threads` the newest state of every thread that changed, once each."""

    articles: tuple[Article, ...]
    threads: tuple[Thread, ...]


class ThreadIndex:
    """All live articles of one language (the key).

    `since` is the wall in ms at which this index came to be in a job whose attempts may fail; 0 where nothing is ever told that the log
    does not hold.
    """

    def __init__(
        self,
        language: str,
        *,
        settings: ThreadSettings = _DEFAULT,
        since: int = 0,
        model: Model | None = None,
        embedding: Embedding | None = None,
    ) -> None:
        self.language = language
        self.clock = 0
        self.capped = 0
        """Articles forgotten because there were more than `settings.limit`."""
        self.threads = 0
        """Live threads: those with a live article."""
        self._settings = settings
        self._window = Window()
        self._matcher = Matcher(settings, model or Model.shipped(), language, self._window)
        self._stories: dict[str, Live] = {}
        self._changed: dict[str, Event] = {}
        self._log: list[bytes] = []
        self._again: dict[str, Event] = {}
        self._absorbed: dict[str, Thread] = {}
        self._unlogged: dict[str, Event] = {}
        self._unfiled: list[Live] = []
        self._since = since
        self._embedding = embedding
        self._lost_before = 0

    def __len__(self) -> int:
        return len(self._window)

    # --- after a failure ------------------------------------------------------------------------------------------------

    def retell(self) -> tuple[Thread, ...]:
        """Every live thread again; to be called after `restore` where outputs of a lost attempt may have gone out.

        The lost attempt met the articles since the restored state in another order: sinks may hold threads that it opened and memberships
        that it gave. `since` is the `rev` of what is told here and of each thread that such an article opens: it outranks what any attempt
        before counted to. One that joins a thread takes back what it may have opened then: its own, as merged into that thread.
        """
        self._lost_before = self._since
        for live in self._window:
            self._unlogged[live.thread.id] = live.thread
        for event in self._unlogged.values():
            event.rev = max(self._since, event.rev + 1)
        told = [event.record(self.language, self._settings.members) for event in self._unlogged.values()]
        # What is yet to be looked at again may have left its thread in the lost attempt.
        yet = [live for live in self._window if live.number >= self._window.next - self._settings.look_back and self._doubted(live)]
        return (*told, *(self._own(live.id, live.thread) for live in yet if self._since))

    def _lost(self, article: Article) -> bool:
        """Whether an attempt that was lost may have told of this article: it was read before, or lay there when this index was restored."""
        if not self._since:
            return False
        return article.provenance.timestamp < self._lost_before or (article.payload is not None and article.payload.again)

    def _take_back(self, article: Article, thread: Event) -> None:
        own = thread_id(article.id)
        if own != thread.id and own not in self._absorbed:
            self._absorbed[own] = self._own(article.id, thread)

    def _own(self, article_id: str, thread: Event) -> Thread:
        """The thread that an article would have opened, as merged into the one it stands in."""
        return Thread(thread_id(article_id), self._since, "", self.language, (), 0, (), None, None, thread.id)

    # --- a batch --------------------------------------------------------------------------------------------------------

    def apply(self, articles: Sequence[Article]) -> Threaded:
        """Thread a batch. An article known already (by id) keeps its place, and yields its thread and those joined by it again: the outputs
        of the batch that brought it first may have been lost. With a higher `rev` its text counts as it is now: gone where it was killed
        or withheld, back where it was released."""
        read_ = read(articles, self._settings, self._embedding)
        out: list[Article] = []
        for told in rounds(zip(articles, read_, strict=True), self._window, self._settings.terms, self._settings.limit):
            texts = [None if alone_by(article) or self._window.get(article.id) else text for article, text in told]
            times = [article.time for article, _ in told]
            looked = self._matcher.look(texts, times, self._window.next, self._crowd())
            out += [self._apply(*one, time, found) for one, time, found in zip(told, times, looked, strict=True)]
        self._unlogged |= self._changed
        present = self._again | self._changed
        threads = [event.record(self.language, self._settings.members) for event in present.values()]
        threads += self._absorbed.values()
        self._changed, self._again, self._absorbed = {}, {}, {}
        return Threaded(tuple(out), tuple(threads))

    def _apply(self, article: Article, text: Text | None, time: int | None, looked: Looked | None) -> Article:
        known = self._window.get(article.id)
        if known is None:
            if time is not None:
                self._tell(min(time, article.provenance.timestamp))
            known = self._open(article, text, looked, time)
            if self._lost(article):
                self._take_back(article, known.thread)
        else:
            if article.rev > known.rev:
                self._revise(known, article, text)
            self._again[known.thread.id] = known.thread
            self._absorbed.update((thread.id, thread) for thread in known.absorbed)
            if known.parted:
                self._part_again(known.parted)
        return Article(
            article.id, article.rev, article.article, article.wire, article.story, known.place(), article.provenance, article.payload
        )

    def _tell(self, time: int) -> None:
        """Put the clock forward. The first time that is told dates what came before it too: else all that would be fifty years old."""
        if not self.clock and time > 0 and len(self._window):
            self.clock = time
            for live in self._window:
                live.touched = live.thread.began = time
            self._unlogged |= {live.thread.id: live.thread for live in self._window}
            self._log += [log.article(live) for live in self._window]
        self.clock = max(self.clock, time)

    def _open(self, article: Article, text: Text | None, looked: Looked | None, time: int | None) -> Live:
        """Find a new article's place and take it in."""
        story = article.story.id if article.story else article.id
        alone = alone_by(article)
        sibling = None if alone else self._stories.get(story)
        crowd = self._crowd()
        claims: list[Claim] = []
        if text and looked:
            claims = self._matcher.claims(looked, crowd, partial(quoted, article.body, text.body, article.wire.agency))
        likely = [claim for claim in claims if claim.score >= self._settings.join and not self._closed(claim.thread)]
        place: _Place
        if sibling is not None:
            of = (article.story.supersedes or article.story.previous) if article.story else None
            thread, place = sibling.thread, ("version", of or sibling.id, 1.0, "story")
        elif likely:
            thread, place = likely[0].thread, (likely[0].relation, likely[0].of, likely[0].score, likely[0].rule)
        else:
            thread = Event(thread_id(article.id), article.id, self._window.next, self._since if self._lost(article) else self._first_rev())
            thread.began = self.clock
            place = ("first", None, 1.0, alone or "opens")
        absorbed: list[Thread] = []
        for claim in likely:
            other = claim.thread is not thread and not self._closed(thread)
            if other and (claim.tied or self._matcher.agree(thread.members, claim.thread.members, crowd) >= self._settings.join):
                thread = self._join(thread, claim.thread, absorbed)
        live = self._live(article, time, story, thread, place, looked)
        others = (claim for claim in claims if claim.thread.merged_into is None and claim.thread is not thread)
        live.second = next((SecondThread(claim.thread.id, claim.of, claim.score) for claim in others), None)
        if text and looked and place[1] and not sibling and not article.wire.embargo:
            live.terms = self._shared(text, looked.query.evidence, place[1], article.headline, likely[0].phrase)
        self.threads += not thread.members
        thread.add(live)
        live.parted = self._look_back(absorbed, crowd)
        live.absorbed, live.emitted = tuple(absorbed), live.thread.id
        self._put(live, alone is None)
        if is_dead(article):
            self._redact_story(live)
        self._mark(live.thread)
        self._cap()
        return live

    def _first_rev(self) -> int:
        """The clock's second: a thread that was forgotten opens again above what sinks hold under its id, when its opener is killed days
        later."""
        return self.clock // 1000

    def _crowd(self) -> int:
        return self._window.crowd(self.clock, self._settings.window)

    def _shared(self, text: Text, evidence: Evidence, of: str, headline: str, phrase: str) -> str:
        """The weightiest words and numbers that an article shares with what it follows, as `Live` keeps them; before them the phrase that
        names it as the source, if one does."""
        other = self._window.get(of)
        if other is None or not other.blob:
            return ""
        most = self._settings.told - bool(phrase)
        terms = printed(weightiest(evidence, other.blob, most), text.body, headline)
        return " ".join([phrase.replace(" ", GLUE), *terms] if phrase else terms)

    def _join(self, one: Event, other: Event, absorbed: list[Thread]) -> Event:
        """The two as one; the last record of what was absorbed is added to `absorbed`."""
        if other is one or other.merged_into is not None:
            return one
        winner, loser = (one, other) if one.opened < other.opened else (other, one)
        absorbed += self._absorb(winner, loser)
        return winner

    def _look_back(self, absorbed: list[Thread], crowd: int) -> str:
        """See again to the article that came `look_back` changes ago: it leaves its thread where that was in doubt and has proved wrong; if
        another thread had a claim on it, both have grown since. The id of what has left, or ""."""
        live = self._window.at(self._window.next - self._settings.look_back)
        if live is None:
            return ""
        if self._doubted(live) and self._part(live, crowd):
            return live.id
        self._rejoin(live, absorbed, crowd)
        return ""

    def _closed(self, thread: Event) -> bool:
        return 0 < thread.began < self.clock - self._settings.life

    def _doubted(self, live: Live) -> bool:
        return live.relation == "event" and live.score < self._settings.doubt and live.id != live.thread.opener and bool(live.blob)

    def _part(self, live: Live, crowd: int) -> bool:
        """Whether an article has left its thread for one of its own, the later versions of its story with it."""
        old = live.thread
        gone = [member for member in old.members if member.story == live.story]
        rest = [member for member in old.members if member.story != live.story]
        if not rest or gone[0] is not live or self._matcher.agree(gone, rest, crowd) >= self._settings.settle:
            return False
        new = Event(thread_id(live.id), live.id, self._window.next, self._since or self._first_rev(), began=self.clock)
        old.part(gone, new)
        self.threads += 1
        self._log.append(log.split(new))
        self._mark(old)
        self._mark(new)
        return True

    def _part_again(self, id_: str) -> None:
        """Both threads, when what made an article leave comes again."""
        live = self._window.get(id_)
        if live is not None:
            pair = live.thread.id, live.thread.split_from
            self._again.update((one.thread.id, one.thread) for one in self._window if one.thread.id in pair)

    def _rejoin(self, live: Live, absorbed: list[Thread], crowd: int) -> None:
        if live.second is None or live.second.score < self._settings.settle:
            return
        other = self._window.get(live.second.of)
        if other is None or other.thread is live.thread or not live.blob or self._closed(other.thread) or self._closed(live.thread):
            return
        if self._matcher.agree(live.thread.members, other.thread.members, crowd) >= self._settings.settle:
            self._mark(self._join(live.thread, other.thread, absorbed))

    def _live(self, article: Article, time: int | None, story: str, thread: Event, place: _Place, looked: Looked | None) -> Live:
        relation, of, score, rule = place
        return Live(
            id=article.id,
            rev=article.rev,
            story=article.id if story == article.id else story,
            agency=intern(article.wire.agency),
            relation=relation,
            of=of,
            score=score,
            rule=rule,
            time=time,
            headline=shown(article),
            number=self._window.next,
            touched=0,
            blob=looked.blob if looked else _NOTHING,
            thread=thread,
            emitted=thread.id,
        )

    # --- a change -------------------------------------------------------------------------------------------------------

    def _put(self, live: Live, joinable: bool) -> None:
        """Give a new or changed article the next number."""
        self._window.put(live, self.clock)
        if joinable:
            self._stories[live.story] = live
        self._log.append(log.article(live))

    def _revise(self, live: Live, article: Article, text: Text | None) -> None:
        """An article known already comes with a higher `rev`: it was killed, withheld or released."""
        live.rev, live.emitted = article.rev, live.thread.id
        if live.blob:
            self._matcher.remove(live)
        joinable = live.rule not in ALONE
        (looked,) = self._matcher.look([text if joinable else None], [live.time], self._window.next, self._crowd())
        live.blob = looked.blob if looked else _NOTHING
        live.headline = shown(article)
        if is_dead(article):
            live.terms = ""
        elif text and looked and live.of and live.rule != "story" and not article.wire.embargo:
            live.terms = self._shared(text, looked.query.evidence, live.of, article.headline, self._source(live, article, text))
        self._again_last(live, joinable)

    def _source(self, live: Live, article: Article, text: Text) -> str:
        """The phrase that names the agency of what the article derives from; "" where it derives by its words alone."""
        other = self._window.get(live.of) if live.of and live.rule == QUOTED else None
        return quoted(article.body, text.body, live.agency).get(other.agency, "") if other else ""

    def _again_last(self, live: Live, joinable: bool) -> None:
        members = live.thread.members
        members.remove(live)
        members.append(live)
        self._put(live, joinable)
        self._mark(live.thread)

    def _redact_story(self, notice: Live) -> None:
        """A kill or withholding reaches every text of its story that the index holds, before the redactions themselves arrive. All are
        gone through: a digest stands in another thread."""
        for live in [live for live in self._window if live.story == notice.story and (live.blob or live.headline)]:
            if live.blob:
                self._matcher.remove(live)
            live.blob, live.headline, live.terms = _NOTHING, "", ""
            self._again_last(live, live.rule not in ALONE)

    def _absorb(self, winner: Event, loser: Event) -> list[Thread]:
        """Join two threads, the one that opened earlier surviving; the last record of the other one."""
        winner.absorb(loser)
        self.threads -= 1
        self._log.append(log.merged(winner, loser))
        self._changed.pop(loser.id, None)
        self._again.pop(loser.id, None)
        loser.rev += 1
        self._absorbed[loser.id] = loser.record(self.language, 0)
        return [self._absorbed[loser.id]]

    def _mark(self, event: Event) -> None:
        """Once a change, not once a batch: read again in other batches after a failure, a thread comes to the same `rev`, and a sink that
        ignores a lower one is not left with what the lost attempt told."""
        event.rev += 1
        self._changed[event.id] = event

    # --- forgetting -----------------------------------------------------------------------------------------------------

    def evict(self, before: int) -> int:
        """Forget the articles last touched before this clock, and the threads they leave empty; how many articles."""
        gone = []
        for live in self._window:
            if live.touched >= before:
                break
            gone.append(live)
        return self._forget(gone)

    def _cap(self) -> None:
        if len(self._window) > self._settings.limit:
            self.capped += self._forget([next(iter(self._window))])

    def _forget(self, gone: Sequence[Live]) -> int:
        self._file_reread()
        for live in gone:
            self._window.drop(live)
            if live.blob:
                self._matcher.remove(live)
            if self._stories.get(live.story) is live:
                del self._stories[live.story]
            self._leave(live)
        if gone:
            self._log.append(log.gone(gone[-1].number))
        return len(gone)

    def _leave(self, live: Live) -> None:
        live.thread.members.remove(live)
        self.threads -= not live.thread.members

    # --- the log --------------------------------------------------------------------------------------------------------

    def drain(self) -> list[bytes]:
        """Log entries of all that changed since the last drain, oldest first; none hold a line feed."""
        entries = self._log + [log.thread(event) for event in self._unlogged.values() if event.merged_into is None]
        if entries:
            entries.append(log.clock(self.clock, self._window.next))
        self._log, self._unlogged = [], {}
        return entries

    def snapshot(self) -> list[bytes]:
        """Log entries of the whole present state: with them alone `restore` makes an index that goes on exactly as this one. They may
        take the place of everything logged before, so that nothing killed stays in an older part of it, and hold what a drain would have
        yielded. Costs some 20 us an article."""
        self._matcher.refile(live for live in self._window if live.blob)
        self._log, self._unlogged = [], {}
        events = {live.thread.id: live.thread for live in self._window}
        entries = [log.article(live) for live in self._window] + [log.thread(event) for event in events.values()]
        return [*entries, log.clock(self.clock, self._window.next)]

    def restore(self, entries: Iterable[bytes]) -> None:
        """Rebuild an empty index from what another one drained, oldest first, or from its snapshot and what it drained since; a beginning
        may be missing where it has been evicted. Raises ValueError on an entry of no known kind."""
        events: dict[str, Event] = {}
        once = Once()

        def event(id_: str) -> Event:
            id_ = once(id_)
            return events.get(id_) or events.setdefault(id_, Event(id_, id_, 0))

        for entry in entries:
            kind, *values = orjson.loads(entry)
            if kind == log.ARTICLE:
                self._reread(log.read_article(values, event(values[-1]), once))
            elif kind == log.THREAD:
                log.read_thread(values, event(values[0]), once)
            elif kind == log.MERGED:
                winner, loser = event(values[0]), event(values[1])
                self.threads -= bool(winner.members and loser.members)
                winner.absorb(loser)
            elif kind == log.SPLIT:
                old, new = event(values[0]), event(values[1])
                gone = [live for live in old.members if live.id in values[2]]
                self.threads += 0 < len(gone) < len(old.members)
                old.part(gone, new)
            elif kind == log.GONE:
                self._forget([live for live in self._window if live.number <= values[0]])
            elif kind == log.CLOCK:
                self.clock = values[0]
                self._window.skip_to(values[1])
            else:
                raise ValueError(f"log entry of unknown kind {kind!r}")
        self._file_reread()
        self._log = []

    def _reread(self, live: Live) -> None:
        known = self._window.get(live.id)
        if known is not None and known.number == live.number:  # only dated anew
            self.clock = known.touched = live.touched
            return
        if known is not None:
            self._file_reread()
            if known.blob:
                self._matcher.remove(known)
            self._leave(known)
            self._window.drop(known)
        self._window.skip_to(live.number)
        self.clock = live.touched
        self.threads += not live.thread.members
        live.thread.members.append(live)
        self._put(live, live.rule not in ALONE)
        if live.blob:
            if self._unfiled and (self._unfiled[0].number - 1) // TIDE != (live.number - 1) // TIDE:
                self._file_reread()
            self._unfiled.append(live)

    def _file_reread(self) -> None:
        """A log brings one article at a time; those of a tide are filed together."""
        if self._unfiled:
            self._matcher.file([(live.number, unpack(live.blob)) for live in self._unfiled])
            self._unfiled = []
