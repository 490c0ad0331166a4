"""What follows the copy: end marks, sign-offs, addresses, credits, contribution lines and transmission trailers."""

from __future__ import annotations

import re
from datetime import datetime, timezone, tzinfo
from functools import lru_cache
from typing import cast

from writethru.records import BlockKind
from writethru.wire import embargo, notes
from writethru.wire.agencies import Agency, signed, slugged, table
from writethru.wire.blocks import bylines, captions, notebook, restrictions
from writethru.wire.blocks.pieces import Pieces
from writethru.wire.text import Field
from writethru.wire.times import MONTHS, named_zone, rfc3339

_END = re.compile(
    r"[(\[]?(?:END|End|Ends|MORE|More|More to come|MORE TO COME|more to come|FIN|Fin|FINE|ENDE|Ende|mehr|MEHR|À suivre|SLUT|EINDE|끝|完|了)"
    r"[)\]]?"
    r"|Reuter|REUTER|-0-|- ?30 ?-|ENDITEM|Enditem|ENDS|-?ends-?|#{2,}(?: ?#+)*|# # #|_{2,}|\*{3,}|-{4,}|={2,}|/[a-z]{2,5}|///|\(?///\)?"
)
_EMAIL = re.compile(r"\(?(?:[Ee]-?mail:?\s*)?[\w.+-]{1,40}@[\w-]{1,40}(?:\.[\w-]{1,30}){1,4}\)?")
_SIGN_OFF = re.compile(
    r"\(?[a-z]{2,4}(?:(?:/ ?|-)[a-z]{2,4}){1,6}/?\)?|[\u0620-\u064a]{1,12}(?:[-/][\u0620-\u064a]{1,12}){2,12}|==\s?[A-Z][a-z]+"
    r"|\([A-Za-z]{2,8}(?:[/-][A-Za-z]{2,8}){1,5}\)|/[A-Z]{2,5}[-/][a-z]{2,4}/?|[A-Z]{2,5} // [A-Z]{2,5}\.?|[A-Z]{2,4}(?:/[A-Z]{2,4}){1,3}/"
    r"|\((?:Schluss|Forts\.?|Fortsetzung)\)\s?(?:[a-z]{2,4}(?:/[a-z]{2,4}){0,3})?|[A-Z][A-Za-z]{1,9}/(?:Fim|fim|FIM|Fin|fin|FIN)|[A-Z]{2,3}-[A-Z]{2,3}"
)
_INITIALED = re.compile(
    r"(?P<lower>[a-z]{2,8})(?:[ /-][a-z0-9]{2,5}){1,6}|(?P<upper>[A-Z]{2,8})(?: [A-Z]{2,4}){1,5}|"
    r"(?P<mixed>[A-Z]{2,8}) [a-z]{2,4}(?:/[a-z]{2,4}){1,5}|"
    r"(?:--?|[\u2013\u2014])?\s?(?P<sole>\w{2,12})"
)
"""An agency's name, alone or with the initials of its desks: `dpa bwh bag`, `PTI ZH SA`, `AAP ab/cd`, `-- BERNAMA`."""
_CREDITED = re.compile(r"\((?P<house>[^()\n]{2,24})\)\.?\s?(?:[A-Z]{2,4}(?:[/-][A-Z]{2,4}){0,3}|[a-z]{2,4}(?:[/-][a-z]{2,4}){0,3})")
"""The agency's credit and the initials of its desks: `(ANSA). JRW`."""
_FENCED = re.compile(r"(?:[^\W\d_a-z][\w.'\u2019-]{1,20}\s){0,3}(?:\(([^()\n]{2,24})\)|/([\w -]{2,14})/)[.:]?")
"""The signature of a dateline alone on its line, with a place before it or without: `(ANSA).`, `/ritzau/`, `Berlin (dpa)`."""
_CONTRIBUTED = re.compile(
    r"(?:[_*-]{2,}\s)?[A-Z(][^\n]{5,400}?\bcontribut(?:ed|ing)(?:\s(?:reporting|writing|research|from\s[^\n]{2,60}))?"
    r"\sto\sthis\s(?:report|story|article|dispatch)(?:\sfrom\s[^\n.]{2,60})?\.?\)?"
)
"""`Associated Press writers Jane Row in Paris and Tom Field in Rome contributed to this report.`"""
_REPORTERS = frozenset(
    "reported from contributed to this report story and in the of at near outside aboard de del della der den du da do dos das di la le el "
    "al bin van von y et am writer writers reporter reporters journalist journalists correspondent correspondents editor editors "
    "photographer photographers producer producers researcher researchers video news staff".split()
)
"""Words in small letters of a line that says who reported from where: `Row reported from Paris and Field from Rome. Associated Press writer
Mara Quill in London contributed.`"""
_NO_REPORTERS = ("The ", "He ", "She ", "They ", "It ", "We ", "I ", "Who ", "A ", "An ")
_CREDIT = re.compile(
    r"(?:News |Photo )?(?:Courtesy|courtesy|COURTESY)\s?:\s?[^\n]{2,60}|(?:Source|SOURCE|Credit|Quelle)\s?:\s?[^\n]{2,60}|"
    r"\(©\s?[^\n()]{2,40}\)"
)
_FIRST_PUBLISHED = re.compile(
    r"This (?:report|story|article|dispatch) by (?P<house>[^\n]{2,60}?) was (?:first|originally) published [^\n]{3,60}"
)
_STAMP = re.compile(
    r"(?:Updated|Created|Published|First published|Last updated)(?: on| at)?\s?:?\s[^\n]{0,40}\d{4}[^\n]{0,80}", re.IGNORECASE
)
_INPUTS = re.compile(
    r"\(\s?[Ww]ith (?:inputs?|agency|agencies|reporting|files)\b[^()\n]{0,60}\)|"
    r"With (?:(?:agency |bureau )?inputs?|reporting|files) (?:from|by) (?:[A-Z][\w.&'\u2019-]*|agenc(?:y|ies)|news|bureaus?|and|the|of)"
    r"(?:,?\s(?:[A-Z][\w.&'\u2019-]*|agenc(?:y|ies)|news|bureaus?|and|the|of)){0,7}\.?"
)
_FOLLOW = re.compile(
    r"Follow [^\n]{2,120}? (?:on (?:Twitter|X|Facebook|Instagram|Bluesky|Threads|LinkedIn|Mastodon)|at (?:https?://|www\.|@)\S+)"
    r"(?:[ :,.](?:[^\n]{0,120}?(?:https?://|www\.|@)\S+)?)?"
)
"""`Follow Jane Row on Twitter at https://example.com/jrow`"""
_STANDARDS = re.compile(r"Our [Ss]tandards\s?:\s?[A-Z][^\n]{4,80}")
"""The last line of the web copies of Reuters."""
_TRANSMITTED = re.compile(
    rf"AP-[A-Z]{{2}}-\d\d-\d\d-\d\d \d{{4}}(?:GMT|E[SD]T)?<?|KWS-[\d:-]+|\d{{6}} (?:GMT )?(?i:{'|'.join(MONTHS)}) \d\d|"
    r"End Adv\b[^\n]{0,50}"
)
_STAMPS = (
    re.compile(r"AP-[A-Z]{2}-(?P<month>\d\d)-(?P<day>\d\d)-(?P<year>\d\d) (?P<hour>\d\d)(?P<minute>\d\d)(?P<zone>[A-Z]{3})?<?"),
    re.compile(r"KWS-(?P<hour>\d\d):(?P<minute>\d\d)-(?P<day>\d\d)-(?P<month>\d\d)-(?P<year>\d\d)"),
    re.compile(r"(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d) (?:(?P<zone>GMT) )?(?P<month>[^\W\d_]+) (?P<year>\d\d)"),
)
"""The time in a transmission trailer: month first with AP, day first with Kyodo and dpa."""
_CENTURY = 70
"""Two-digit years from here on are of the 20th century: the oldest archives in these forms begin in the seventies."""
_DESK = (
    r"\((?:(?:Additional\sreporting|Reporting|Writing|Editing|Compiled|Edited|Reported|Text|Written|Produced)\s(?:and\s\w+\s)?[Bb]y\s|"
    r"(?:Bericht\svon|Reportage\s|Reporte\sde|Reportagem\sde|Información\sde|Redaktion:|Por\s[A-Z][^()\n;]{3,60};\s)|"
    r"[^()\n]{3,160}?\b(?:redigiert\svon|édité\spar|[Ee]ditado\s(?:en\s\w+\s)?por|[Ee]dição\sde|version\sfrançaise|[Ee]diting\sby))"
)
_DESKED = re.compile(rf"{_DESK}[^\n]{{2,500}}\)")
_REPORTED = re.compile(r"(?:Additional [Rr]eporting|Reporting|Writing|Editing|Compiled|Production)(?: and \w+)? [Bb]y (?=[A-Z])")
"""The desk's credit where its parentheses were lost: `Reporting by Jane Row; Editing by Tom Field`."""
_DESK_WORDS = frozenset(
    "by in and at from of the for additional reporting writing editing compiled production de del van von der den al bin newsroom".split()
)


def _inline(pattern: re.Pattern[str]) -> str:
    return f"(?{'i' if pattern.flags & re.IGNORECASE else ''}:{pattern.pattern})"


_WHOLE = (
    ("end_mark", _END),
    ("email", _EMAIL),
    ("sign_off", _SIGN_OFF),
    ("credit", _CREDIT),
    ("credit", _STAMP),
    ("credit", _FIRST_PUBLISHED),
    ("credit", _INPUTS),
    ("credit", _STANDARDS),
    ("trailer", _TRANSMITTED),
    ("sign_off", _DESKED),
)
_ANY = re.compile("|".join(f"(?P<{rule}_{at}>{_inline(pattern)})" for at, (rule, pattern) in enumerate(_WHOLE)))
"""All of them in one pattern: an eighth of the price where none matches."""
_LONGEST = 500
_SHORT = 40
_LINE = 160
"""Characters beyond which only what is in parentheses, a restriction, a contact or a contribution line can be more than a sentence."""
_BEHIND = re.compile(r"(?<=[.!?\"'”\u2019)])\s+(?:Reuter|REUTER|[(\[]END[)\]]|ENDITEM|Enditem|-ends-|==\s?[A-Z][a-z]+|/[a-z]{2,4}|-30-)$")
_DESK_START = re.compile(rf"(?<=[.!?\"'”\u2019])\s+(?={_DESK})")
_DESK_BARE = re.compile(rf"(?<=[.!?\"'”\u2019])\s+(?={_REPORTED.pattern})")
_REACHED = re.compile(r"(?<=[.!?\"'”\u2019)])\s+\(\((?=[^()\n]{3,300}\)\)$)")
_SIGNED = re.compile(r"(?<=[.!?\"'”\u2019])\s+[(\[]([^()\[\]\n]{2,24})[)\]]\.?$")
_SIGNED_INITIALS = re.compile(rf"(?<=[.!?\"'”\u2019\w])\s*(?={_CREDITED.pattern}$)")
"""The same behind the last sentence; its full stop may stand behind the credit."""
_HOUSE = re.compile(r"(?<=[.!?»\"'”\u2019)])\s+([A-Z]{2,8})((?: [A-Z]{2,4}){0,4})\.?$")
"""The agency's name behind the last sentence, with its initials or without: `… con 3 millones. EFE`, `PTI ZH SA`."""


_ADDRESSED = ("(Corrects ", "(Eds:", "(ATTN", "Eds:", "EDS:", "Note to editors:", "Notes to editors:", "NOTE TO EDITORS:")
"""Openings of a note to editors below the copy."""
_PRIVATE = ("NOT FOR PUBLICATION", "Not for publication", "NICHT ZUR VERÖFFENTLICHUNG", "Nicht zur Veröffentlichung")


def strip(body: Field, out: Pieces) -> None:
    """Takes what follows the copy off the end of its paragraphs."""
    text, paragraphs = body.text, out.paragraphs
    while paragraphs:
        start, end = paragraphs[-1]
        kind = whole(text, start, end) if paragraphs[-1] != out.last else None
        if kind is None and is_contribution(text, start, end):
            kind = "credit"
        if kind:
            out.take(start, end, kind)
            paragraphs.pop()
            continue
        # Reuters' correction of 1987 stands below the copy, its parenthesis mostly unclosed; a desk's word to editors may.
        if embargo.is_line(text, start, end):
            out.take(start, end, "note", editorial=True)
            paragraphs.pop()
            continue
        told = text.startswith(_ADDRESSED, start) or (text[start] == "(" and text.find(" corrects ", start, end) >= 0)
        note = notes.find(body, start, end, end) if told else notes.below(text, start, end) or notes.picked_up(text, start, end)
        if note and body.trim(note.start, note.end) == (start, end):
            out.notes.append(note)
            out.take(start, end, "note", editorial=True)
            paragraphs.pop()
            continue
        tail = behind(text, start, end)
        if not tail:
            return
        out.take(*body.trim(tail[0], end), tail[1])
        start, end = body.trim(start, tail[0])
        caption = captions.pieces(text, start, end, False)
        if caption:
            out.taken += caption
            paragraphs.pop()
        else:
            paragraphs[-1] = start, end


def whole(text: str, start: int, end: int) -> BlockKind | None:
    """What all of a paragraph at the end is, None where it is copy."""
    return _short(text[start:end]) if end - start <= _SHORT else _whole(text, start, end)


@lru_cache(maxsize=4096)
def _short(line: str) -> BlockKind | None:
    """End marks, initials and addresses come again with every story of a desk."""
    return _whole(line, 0, len(line))


def _whole(text: str, start: int, end: int) -> BlockKind | None:
    if end - start > _LONGEST:
        return None
    if end - start <= _LINE or text[start] == "(":
        found = _ANY.fullmatch(text, start, end)
        if found and found.lastgroup:
            return cast(BlockKind, found.lastgroup.rpartition("_")[0])
    if end - start <= _SHORT:
        initialed = _INITIALED.fullmatch(text, start, end)
        if initialed and initialed[initialed.lastgroup or 0].casefold() in table().by_signature:
            return "credit" if initialed["sole"] else "sign_off"
        if house(text[start:end]):
            return "credit"
        credited = _CREDITED.fullmatch(text, start, end) if text[start] == "(" else None
        if credited and credited["house"] in table().by_printed:
            return "sign_off"
    if text.find(", ", start, end) >= 0 and bylines.is_signed(text, start, end) and house(text[start:end].rpartition(",")[2].strip()):
        return "credit"
    if text.find("ing by ", start, end) >= 0 and is_desk(text, start, end):
        return "sign_off"
    if text.find("ontribut", start, end) >= 0 and _CONTRIBUTED.fullmatch(text, start, end):
        return "credit"
    if (
        text.startswith(_PRIVATE, start)
        or notebook.is_contact(text, start, end)
        or (text.startswith("Follow ", start) and _FOLLOW.fullmatch(text, start, end))
    ):
        return "contact"
    return "restriction" if restrictions.is_restriction(text, start, end) else None


def is_desk(text: str, start: int, end: int) -> bool:
    """Whether [start, end) is nothing but who reported, wrote and edited: names, places and few other words. `Reporting by the police was
    slow` is news."""
    if end - start > _LONGEST or not _REPORTED.match(text, start, end):
        return False
    words = text[start:end].replace(",", " ").replace(";", " ").rstrip(" .").split()
    return all([word[0].isupper() or word.lower() in _DESK_WORDS for word in words]) and ". " not in text[start:end]


def house(line: str) -> Agency | None:
    """The agency whose name or dateline signature is all that the line says, as it prints it: `(ANSA).`, `The AP`, `Berlin (dpa)`, `PTI ZH
    SA`. `Jonas Vik (Ap)` is of a party."""
    agencies = table()
    if line[-1:] in ")/.:" and (found := _FENCED.fullmatch(line)):
        return agencies.by_printed.get(found[1] or found[2])
    name = line.removeprefix("The ")
    known = agencies.by_printed.get(name) or (agencies.by_name.get(slugged(name)) if " " in name and name[:1].isupper() else None)
    if known:
        return known
    initialed = _INITIALED.fullmatch(line)
    if initialed:
        return agencies.by_printed.get(initialed[initialed.lastgroup or 0])
    first = _FIRST_PUBLISHED.match(line)
    return agencies.named(first["house"]) if first else None


def is_contribution(text: str, start: int, end: int) -> bool:
    """Whether the last paragraph is nothing but who reported from where and who contributed: names, places and few other words. An
    agency's report is news."""
    if end - start > _LONGEST or not text[start].isupper() or text[end - 1] != "." or text.startswith(_NO_REPORTERS, start):
        return False
    said = text.find(" reported from ", start, end)
    if said < 0 and not text.endswith(" contributed.", start, end):
        return False
    words = text[start:end].replace(",", " ").replace(";", " ").split()
    if not all([word[0].isupper() or word.rstrip(".") in _REPORTERS for word in words]):
        return False
    return said < 0 or table().named(text[start:said]) is None


def stamp(text: str, start: int, end: int, local: tzinfo) -> str | None:
    """The time a transmission trailer tells as RFC 3339 UTC, in `local` where it names no zone; None where it tells none."""
    for pattern in _STAMPS:
        found = pattern.fullmatch(text, start, end)
        if not found:
            continue
        part = found.groupdict()
        year, month = int(part["year"]), part["month"]
        where = named_zone(part["zone"]) if part.get("zone") else local
        try:
            number = int(month) if month.isdecimal() else MONTHS[month.lower()]
            century = 1900 if year >= _CENTURY else 2000
            return rfc3339(
                datetime(century + year, number, int(part["day"]), int(part["hour"]), int(part["minute"]), tzinfo=where or timezone.utc)
            )
        except (ValueError, KeyError):  # digits that are no date, letters that are no month
            return None
    return None


def _is_parted(text: str, sentence: int, credit: int) -> bool:
    """Whether the sentence before a credit has ended, there or by the full stop behind it (`festeggia (ANSA). JRW`)."""
    return text[sentence - 1] in ".!?\"'”\u2019" or text.startswith(".", text.index(")", credit) + 1)


def behind(text: str, start: int, end: int) -> tuple[int, BlockKind] | None:
    """(where what follows the copy begins on the tail of a last paragraph, what it is)."""
    last = text[end - 1]
    if last in ")]" or text.endswith((").", "]."), start, end):
        reached = _REACHED.search(text, max(start, end - 320), end)
        if reached and notebook.is_contact(text, reached.end() - 2, end):
            return reached.start(), "contact"
        desk = _DESK_START.search(text, max(start, end - 600), end)
        if desk:
            return desk.start(), "sign_off"
        by = _SIGNED.search(text, max(start, end - 40), end)
        if by and (signed(by[1]) or by[1] == "END"):
            return by.start(), "end_mark" if by[1] == "END" else "credit"
        return None
    if ")" in text[max(start, end - 20) : end]:
        initialed = _SIGNED_INITIALS.search(text, max(start, end - 48), end)
        credited = _CREDITED.match(text, initialed.end(), end) if initialed else None
        if initialed and credited and credited["house"] in table().by_printed and _is_parted(text, initialed.start(), initialed.end()):
            return initialed.end(), "sign_off"
    if text[end - 2 : end].isupper():  # FE, or E.
        by = _HOUSE.search(text, max(start, end - 30), end)
        if by and by[1].casefold() in table().by_signature:
            return by.start(), "sign_off" if by[2] else "credit"
    if text.find("ing by ", max(start, end - 300), end) >= 0:
        for desk in _DESK_BARE.finditer(text, max(start, end - 300), end):
            if is_desk(text, desk.end(), end):
                return desk.start(), "sign_off"
    if last.isalpha() or last == "-":
        found = _BEHIND.search(text, max(start, end - 24), end)
        if found:
            return found.start(), "sign_off" if "/" in found[0] or "=" in found[0] else "end_mark"
    return None
