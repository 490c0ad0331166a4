"""`python -m tests.bench formats`: items and MB per CPU-second of each format, parsed, and parsed and normalised, on one core.

Beside them, in the same run: the floor (lxml building the tree, orjson the object) and what a user would take instead (`newsmlg2`,
`feedparser`). NewsML-G2 is measured on the shared dpa files, everything else on invented stories of 3 KB, others in each round, so that
nothing is remembered but what comes again on a wire: datelines, bylines, the words of marks.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import feedparser
import NewsMLG2
import orjson
from lxml import etree
from rich.console import Console
from rich.table import Table

from tests.bench import feeds, pairs
from writethru.formats import decode
from writethru.records import Feed, Item, RawMessage
from writethru.wire import normalise

Reader = Callable[[bytes], object]
STORIES = 40
ROUNDS = 5

_GRAFS = (
    "The tide wall of Port Ellery held through night {n}, the harbour board said on Wednesday, after water rose {n}.4 metres above the "
    "mark that the town had painted on its market hall in 1987.",
    '"We counted every stone twice," board chair Ida Marlowe told reporters. "Nobody in this town slept, and nobody had to leave it."',
    "Some {n}20 households in the lower quarter had been asked to move their cars; the ferry to Saint Orrin stayed in port until noon.",
    "Engineers of the Corvane Institute had warned in March that the wall's northern footing, built in two months, would not bear "
    "more than {n}.5 metres of water with the wind from the north-east.",
    "The council spent 4.1 million on the works, a tenth of its budget, and expects the county to pay half of it back by 2028.",
    "On Tuesday evening the wind fell below 60 kilometres an hour, and pumps at Gate {n} were switched off shortly before midnight.",
)


def _grafs(n: int) -> list[str]:
    return [graf.format(n=n + turn) for turn in range(3) for graf in _GRAFS][:15]


def ninjs(n: int) -> bytes:
    return orjson.dumps(
        {
            "uri": f"urn:newsml:harbour.example:20260311:{n}",
            "standard": {"name": "ninjs", "version": "3.1"},
            "type": "text",
            "version": "2",
            "versionCreated": "2026-03-11T09:40:00+00:00",
            "firstCreated": "2026-03-11T08:15:00+00:00",
            "language": "en",
            "pubStatus": "usable",
            "urgency": 4,
            "headlines": [{"role": "main", "value": f"Tide wall of Port Ellery holds for night {n}"}],
            "slugline": f"ELLERY-TIDE-{n}/",
            "by": "Mara Quill",
            "edNote": f"Updates with comment from harbour board member {n}; ADDS background in paras 4-5",
            "infoSources": [{"name": "Harbour Post", "role": "provider"}],
            "subjects": [{"uri": "http://cv.iptc.org/newscodes/mediatopic/20000151", "name": "flood"}],
            "bodies": [{"contentType": "text/plain", "value": "PORT ELLERY, March 11 (HP) - " + "\n\n".join(_grafs(n))}],
        }
    )


def text(n: int) -> bytes:
    head = f"(2nd LD) Tide wall of Port Ellery holds for night {n}\n"
    head += f"(ATTN: UPDATES with comment by member {n}; ADDS background in paras 4-5)\nBy Min Ah-ryeong\n"
    return (head + "PORT ELLERY, March 11 (Yonhap) -- " + "\n\n".join(_grafs(n)) + "\narmin@yna.example\n(END)\n").encode()


def newsml1(n: int) -> bytes:
    grafs = "".join(f"<p>{graf}</p>" for graf in _grafs(n))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<NewsML Version="1.2"><Catalog Href="http://www.afp.com/dtd/AFPCatalog.xml"/><NewsEnvelope><TransmissionId>{n}</TransmissionId>
<DateAndTime>20260311T094000Z</DateAndTime><Priority FormalName="4"/></NewsEnvelope><NewsItem xml:lang="en"><Identification><NewsIdentifier>
<ProviderId>afp.com</ProviderId><DateId>20260311</DateId><NewsItemId>TX-PAR-ELL{n}</NewsItemId>
<RevisionId PreviousRevision="0" Update="N">1</RevisionId>
<PublicIdentifier>urn:newsml:afp.com:20260311:TX-PAR-ELL{n}:1</PublicIdentifier></NewsIdentifier><NameLabel>Ellery-tide</NameLabel>
</Identification>
<NewsManagement><NewsItemType FormalName="News"/><FirstCreated>20260311T081500Z</FirstCreated>
<ThisRevisionCreated>20260311T094000Z</ThisRevisionCreated>
<Status FormalName="Usable"/><Urgency FormalName="4"/></NewsManagement><NewsComponent><NewsLines>
<HeadLine>Tide wall of Port Ellery holds for night {n}</HeadLine>
<DateLine>Port Ellery, 11 March 2026 (AFP) -</DateLine><SlugLine>Ellery-tide-weather{n},2ndlead</SlugLine><NewsLine>
<NewsLineType FormalName="AdvisoryLine"/>
<NewsLineText>ADDS comment from harbour board member {n} ///</NewsLineText></NewsLine></NewsLines><AdministrativeMetadata><Provider>
<Party FormalName="AFP"/></Provider>
</AdministrativeMetadata><DescriptiveMetadata><Language FormalName="en"/><SubjectCode><Subject FormalName="03000000"/></SubjectCode>
</DescriptiveMetadata>
<ContentItem><MediaType FormalName="Text"/><Format FormalName="NewsMLv1.2"/><DataContent>{grafs}</DataContent></ContentItem>
</NewsComponent></NewsItem></NewsML>""".encode()


def nitf(n: int) -> bytes:
    grafs = "".join(f"<p>{graf}</p>" for graf in _grafs(n))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<nitf version="-//IPTC//DTD NITF 3.3//EN"><head><title>Tide wall holds</title><tobject tobject.type="news">
<tobject.subject tobject.subject.refnum="03000000"/>
</tobject><docdata management-status="usable"><doc-id id-string="ellery-{n}" regsrc="HP"/><urgency ed-urg="4"/>
<date.issue norm="20260311T094000Z"/>
<ed-msg info="Eds: Updates with comment from harbour board member {n}."/><du-key version="2" key="ELLERY-TIDE-{n}"/>
<doc.copyright year="2026" holder="Harbour Post"/>
<key-list><keyword key="Ellery-Tide"/></key-list></docdata></head><body><body.head><hedline>
<hl1>Tide wall of Port Ellery holds for night {n}</hl1></hedline>
<byline>By Mara Quill</byline><dateline><location>PORT ELLERY</location><story.date norm="20260311">March 11</story.date></dateline>
</body.head>
<body.content>{grafs}</body.content><body.end/></body></nitf>""".encode()


def anpa(n: int) -> bytes:
    grafs = "".join(f"\t   {graf}<\r\n" for graf in _grafs(n)).replace('"', "''")
    head = f"\x16\x16\x01W{2000 + n}\x1fellery\r\nr a\x13\x11 BC-EU--Ellery-Tide{n} 2ndLd-Writethru   03-11 0490\r\n"
    lines = (
        f"\x02^BC-EU--Ellery-Tide{n}, 2nd Ld-Writethru,480<\r\n"
        f"^Tide wall of Port Ellery holds for night {n}<\r\n"
        f"^Eds: Updates with comment by member {n}. ADDS background in grafs 4-5. With AP Photos.<\r\n"
        "^By MARA QUILL=\r\n^Associated Press=\r\n"
    )
    return f"{head}{lines}\t   PORT ELLERY (AP) _ {grafs.lstrip()}\t   \x03AP-WF-03-11-26 0940GMT<\r\n\x0c\r\n\x04".encode("latin-1")


def iptc7901(n: int) -> bytes:
    grafs = "".join(f"   {graf}\r\n" for graf in _grafs(n))
    head = (
        f"\x01bdt{n:04d} 4 vm 480  dpa {n:04d}\r\n\x02\r\n2ND LEAD\r\nEllery/Weather/\r\nTide wall of Port Ellery holds for night {n} =\r\n"
    )
    tail = f"# Notebook\r\n\r\n## Note to editors\r\n- adds comment from harbour board member {n}\r\ndpa mq iw\r\n"
    tail += "\x03110940 GMT Mar 26\r\n\x04"
    return f"{head}By Mara Quill, dpa =\r\n   Port Ellery (dpa) - {grafs.lstrip()}{tail}".encode("latin-1")


@dataclass(frozen=True, slots=True)
class Case:
    """`rounds` holds the payloads of each; `floor` builds the bare tree or object; `wanted` items per CPU-second parsed and normalised;
    `others` what is taken instead."""

    name: str
    rounds: Sequence[Sequence[bytes]]
    wanted: int
    agency: str
    items: int = 1
    floor: Reader | None = None
    others: tuple[tuple[str, Reader], ...] = ()


def _newsmlg2(payloads: Sequence[bytes]) -> Reader:
    """IPTC's library reads a message's items no further than their names, so that it is given each item alone."""
    alone = {payload: etree.tostring(next(etree.fromstring(payload).iter("{*}newsItem"))) for payload in payloads}
    return lambda payload: NewsMLG2.NewsMLG2Document(alone[payload])


def cases() -> list[Case]:
    def made(build: Callable[[int], bytes]) -> list[list[bytes]]:
        return [[build(n) for n in range(first, first + STORIES)] for first in range(1, STORIES * ROUNDS, STORIES)]

    feed_size = 40
    dpa = [path.read_bytes() for path in sorted((pairs.DATA / "output").glob("*.xml"))]
    return [
        Case("ninjs", made(ninjs), 6_000, "harbour", floor=orjson.loads),
        Case("plain text", made(text), 5_000, "yonhap"),
        Case(
            "NewsML-G2",
            [dpa] * ROUNDS,
            2_000,
            "dpa",
            floor=etree.fromstring,
            others=(("newsmlg2", _newsmlg2(dpa)),),
        ),
        Case("NewsML 1", made(newsml1), 3_500, "afp", floor=etree.fromstring),
        Case("NITF", made(nitf), 3_000, "harbour", floor=etree.fromstring),
        Case("ANPA 1312", made(anpa), 5_000, "ap"),
        Case("IPTC 7901", made(iptc7901), 5_000, "dpa"),
        Case(
            "RSS",
            [[feeds.feed(feed_size)]] * ROUNDS,
            0,
            "harbour",
            feed_size,
            etree.fromstring,
            (("feedparser", lambda payload: feedparser.parse(io.BytesIO(payload))),),
        ),
    ]


def parse(payload: bytes, agency: str) -> list[Item]:
    decoded = decode(RawMessage(payload, "wire.raw", 0, 0, 1_773_222_000_000), Feed("wire.raw", agency))
    return [item for item in decoded.items if isinstance(item, Item)]


def both(payload: bytes, agency: str) -> None:
    message, feed = RawMessage(payload, "wire.raw", 0, 0, 1_773_222_000_000), Feed("wire.raw", agency)
    decoded = decode(message, feed)
    told = {"sha256": decoded.sha256, "received": "2026-03-11T09:41:00Z", "pipeline": "bench", "feed": feed}
    for item, id_ in zip(decoded.items, decoded.ids, strict=True):
        if isinstance(item, Item):
            normalise(item, message, article_id=id_, **told)


def seconds(read: Reader, rounds: Sequence[Sequence[bytes]]) -> float:
    """CPU seconds of the best round."""
    taken = []
    for payloads in rounds:
        started = time.process_time()
        for payload in payloads:
            read(payload)
        taken.append(time.process_time() - started)
    return min(taken)


def show(console: Console) -> None:
    table = Table("format", "KB", "parse /s", "MB/s", "with normalise /s", "MB/s", "wanted /s", "floor /s", "parse of floor", "instead /s")
    for case in cases():
        count, size = len(case.rounds[0]) * case.items, sum(map(len, case.rounds[0]))
        parsing = seconds(lambda payload, case=case: parse(payload, case.agency), case.rounds)  # type: ignore[misc]
        whole = seconds(lambda payload, case=case: both(payload, case.agency), case.rounds)  # type: ignore[misc]
        floor = seconds(case.floor, case.rounds) if case.floor else 0.0
        instead = [(name, count / seconds(read, case.rounds)) for name, read in case.others]
        table.add_row(
            case.name,
            f"{size / count / 1000:.1f}",
            f"{count / parsing:,.0f}",
            f"{size / parsing / 1e6:.1f}",
            f"{count / whole:,.0f}",
            f"{size / whole / 1e6:.1f}",
            f"{case.wanted:,}" if case.wanted else "feedparser's",
            f"{count / floor:,.0f}" if floor else "-",
            f"{floor / parsing:.2f}" if floor else "-",
            ", ".join(f"{name} {rate:,.0f}" for name, rate in instead) or "-",
        )
    console.print(table)
