"""Picture captions in running copy. They are not the story: their credit and restrictions bind the picture."""

from __future__ import annotations

import re
from functools import cache

from writethru.records import BlockKind
from writethru.wire.agencies import signed, table
from writethru.wire.blocks import restrictions
from writethru.wire.lines import Line

_LONGEST = 900
_PICTURED = re.compile(
    r"(?:In )?(?:this|This|these|These|A|An|The)\b[^.]{0,60}?(?:\b[A-Z][a-z]{2,8}\. ?\d{1,2}[^.]{0,60}?)?"
    r"\b(?:photo|photos|photograph|image|images|picture|combination|handout|frame|grab|screenshot|illustration)\b"
    r"[^.]{0,60}?\b(?:provided|released|taken|supplied|distributed|made available|obtained|shows?|shot|captured|issued)\b(?!\sto\b)"
)
_TAKEN = ("provided", "released", "taken", "made available", "supplied", "distributed", "obtained", "issued", "captured")
_PORTRAIT = re.compile(r"\b(?:pose[sd]? for|is seen|are seen|file photo|in this photo|in this image)|\((?:L|R|C|2nd [LR]|left|right)\)")
_LABELLED = re.compile(
    r"(?:FILE(?: PHOTO| IMAGE)?|HANDOUT|ARCHIV(?:BILD|FOTO)?|ARCHIVO|Archiv(?:bild|foto)|Symbolbild|File [Pp]hoto|Photo d'archives?"
    r"|Foto (?:de archivo|d'archivio)|Arkivfoto|Arkivbild|Kuvassa|Archieffoto)\s?(?:[:\-\u2013\u2014]\s?(?=[^\W_])|\s(?=In this\b))"
)
_NAME = r"(?:[A-Z]\.|[A-ZÀ-ÖØ-Þ][\w'\u2019-]*)"
_FROM = rf"{_NAME}(?:[ -](?:{_NAME}|[a-z][\w'\u2019-]*)){{0,4}}"
_OTHERS = ("Getty Images", "EPA", "EPA-EFE", "Keystone", "LaPresse", "Shutterstock", "Imago")
"""Picture houses that send no text."""
_SHOT = re.compile(
    r"(?:[A-Z][\w.&-]{1,12}\s)?(?:Photos?|PHOTOS?|Photographs?|Foto|FOTO|Bild|Image|Picture|Kuva|Crédits?\sphoto)\s?(?:[:/|]|(?:by|via|courtesy)\b)"
)
_DATED = re.compile(r"\b[A-Z][a-z]{2,8}\.? \d{1,2}, (?:19|20)\d\d\.?\s?$")
_BELOW = 32
"""Characters below a paragraph that is not the last, more than a sign-off has: there a name behind a date with its year, or behind no full
stop, is a credit."""
_JOINED = re.compile(r"\s?[/-]\s?")
_QUOTED = re.compile(r"[,.?!][\"\u201c\u201d\u2019\u00bb]\s[^.]{0,60}?\b(?:said|says|told|added)\b")
_TOLD = re.compile(r"\b(?:said|says|told|sagte|erklärte|teilte|dijo|déclaré|detto|zei|sade|sa)\b")
"""Words of a speaker, who is in no caption with a name behind its agency's: `(dpa/Der Spiegel)` signs a story."""
_STOPS = frozenset('.!?"”')
_LABELS = frozenset(("FIL", "HAN", "ARC", "Arc", "Sym", "Fil", "Pho", "Fot", "Ark", "Kuv"))
HEADS = _LABELS | {"In ", "Thi"}
"""Three letters with which a caption may begin that ends like a sentence, beside `These `."""
_TELLING = restrictions.HEADS | HEADS
_PICTURES = ("oto", "OTO", "Bild", "Kuva", "Picture", "Image")
_CREDIT_WORDS = (" via ", "Photo", "photo", "PHOTO", "Getty", "EPA", "Handout", "HANDOUT", "Courtesy", "courtesy", "Foto", "Bild", "Image")


@cache
def _houses() -> tuple[str, ...]:
    """The agencies and picture houses a credit may name, longest first, without case."""
    return tuple(sorted({*table().by_signature, *(name.casefold() for name in _OTHERS)}, key=len, reverse=True))


@cache
def _last_words() -> frozenset[str]:
    return frozenset(house.rpartition(" ")[2] for house in _houses())


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """(a credit at the end of a caption, a credit of names and houses alone), of the agencies in the table."""
    house = f"(?i:{'|'.join(map(re.escape, _houses()))})"
    return (
        re.compile(
            r"(?:(?<=[.!?\"'\u201d\u2019)\]\s])|\A)(?P<credit>"
            r"(?:Foto|Photo|Photos|Bild|Photograph|PHOTO|FOTO|Kuva|Crédit photo|Picture|Image)"
            r"(?:\sby|\scourtesy(?:\sof)?)?\s?[:/]\s?(?:[^\n.]|\b[A-Z]\.){2,60}|"
            rf"[/|]\s{house}(?:\s?/\s?[^\n.]{{2,40}})?|{house}/{_FROM}(?:/[\w ]{{2,30}})?|{_FROM}/{house}(?:/\w+)?|"
            r"\u00a9\s?[^\n]{2,60}|\|\s(?:Bild|Foto|Photo)[:\s][^\n]{2,50})$"
        ),
        re.compile(rf"{house}/[^()\n]{{2,40}}|[^()\n]{{2,40}}/{house}(?:/[\w ]{{2,20}})?"),
    )


def no_prose(text: str, paragraphs: list[Line]) -> list[int]:
    """Which of the paragraphs do not end like a sentence or begin like a caption or a restriction: all others, nearly all of copy, are told
    at a tenth of the price of looking. What begins or ends with a blank is no prose."""
    return [
        at
        for at, (start, end, _) in enumerate(paragraphs)
        if text[end - 1] not in _STOPS
        or text[start] in "([\u00a9 \t\n"
        or (head := text[start : start + 3]) in _TELLING
        or (head == "The" and text.startswith("se ", start + 3))
    ]


def is_prose(text: str, start: int, end: int) -> bool:
    """The same of one paragraph: that it is neither of these."""
    return (
        text[end - 1] in _STOPS
        and text[start] not in "([\u00a9 \t\n"
        and (head := text[start : start + 3]) not in _TELLING
        and not (head == "The" and text.startswith("se ", start + 3))
    )


def pieces(text: str, start: int, end: int, fenced: bool) -> list[tuple[int, int, BlockKind]]:
    """The caption that the paragraph [start, end) is, parted from its restrictions and its credit, in their order; nothing where it is
    copy. `fenced`: it stands apart by more blank lines than paragraphs of this text do."""
    if not is_caption(text, start, end, fenced):
        return []
    out: list[tuple[int, int, BlockKind]] = []
    while end > start:
        piece = _tail(text, start, end)
        if piece is None:
            break
        out.insert(0, (piece[0], end, piece[1]))
        end = piece[0]
        while end > start and text[end - 1] in " \n\t":
            end -= 1
    return [(start, end, "caption"), *out] if end > start else out


def is_caption(text: str, start: int, end: int, fenced: bool) -> bool:
    """Whether the paragraph [start, end) is a caption.

    An agency's name proves nothing, since a story's last paragraph may carry one; it takes that with the fence, with a caption's words
    or date, a photographer's credit, a restriction on use, or the opening `In this photo provided by` or `FILE PHOTO: `.
    """
    first, last = text[start], text[end - 1]
    if first == "(" and text.startswith("(ATTN", start):
        return False
    head = text[start : start + 3]
    if end - start > _LONGEST or (last in _STOPS and head not in HEADS and not text.startswith("These ", start)):
        return False
    if last in ")]":
        opening = max(text.rfind("(", start, end), text.rfind("[", start, end))
        if opening < 0:
            return False
        if opening > start and restrictions.bracketed(text, max(start, end - 400), end):
            return True
        if opening > start and last == ")":
            opening = _opening(text, start, end) or opening
        credit = text[opening + 1 : end - 1]
        if _is_credit(credit):
            return (
                fenced
                or bool(_PICTURED.match(text, start, end) or _PORTRAIT.search(text, start, end) or _LABELLED.match(text, start, end))
                or (len(text) - end > _BELOW and _DATED.search(text, max(start, opening - 24), opening) is not None)
                or (
                    len(text) - end > _BELOW  # a snap and a story's last paragraph are signed so too
                    and text[start:opening].rstrip()[-1:] not in _STOPS
                    and _is_signed(credit)
                    and not _TOLD.search(text, start, opening)
                )
                or (_is_shot(credit) and not (_QUOTED if _SHOT.match(credit) or " via " in credit else _TOLD).search(text, start, opening))
            )
    if head in _LABELS and _LABELLED.match(text, start, min(end, start + 60)):
        return True
    if first in "IT" and text.startswith(("In this ", "This ", "In these ", "These "), start):
        found = _PICTURED.match(text, start, min(end, start + 160))
        return found is not None and found[0].endswith(_TAKEN)
    if last in _STOPS:
        return False
    if end - start >= 500:
        return False
    tail = text[end - 70 if end - start > 70 else start : end]
    if ("/" in tail or ": " in tail or "\u00a9" in tail) and _may_be_credited(text[max(start, end - 90) : end]):
        found = _patterns()[0].search(text, max(start, end - 90), end)
        return found is not None and (found.start() == start or text.count(" ", start, found.start()) > 2)
    return False


def _may_be_credited(tail: str) -> bool:
    """Whether there is what a credit at the end of a caption cannot do without: the pattern asks for every house at every place."""
    if "\u00a9" in tail or "|" in tail or any([word in tail for word in _PICTURES]):
        return True
    pieces = tail.casefold().split("/")
    return any([_ends_with_house(piece) for piece in pieces[:-1]]) or any([_is_of_house(piece.strip()) for piece in pieces[1:]])


def _ends_with_house(piece: str) -> bool:
    last = "".join(piece.split()[-1:])  # dpa, not Klappa: all houses are asked only where the last word may be one's
    return (last in _last_words() or not last.isalnum()) and piece.endswith(_houses())


def _is_of_house(piece: str) -> bool:
    return piece.rpartition(" ")[2] in _last_words() and piece in _houses()


def _is_credit(credit: str) -> bool:
    return bool(
        signed(credit)
        or any([word in credit for word in _CREDIT_WORDS])
        or ("/" in credit and _patterns()[1].fullmatch(credit) and not any(map(str.isdigit, credit)))
    )


def _is_shot(credit: str) -> bool:
    """Whether a credit is a photographer's or a picture house's, which no story is signed with: `AP Photo/Jane Row`, `Photo: Jane Row`,
    `Jane Row/Harbour Herald via AP`, `Xinhua/Jane Row`, `EPA-Yonhap`; not `Yonhap`, nor `AP/dpa` or `Jane Row/dpa`."""
    if _SHOT.match(credit):
        return True
    sender, _, house = credit.rpartition(" via ")
    if sender:
        return sender[0].isupper() and _is_house(house)
    first, *others = _JOINED.split(credit)
    if not others or credit.casefold() in table().by_signature:
        return False
    if any([part in _OTHERS for part in (first, *others)]):
        return True
    return _is_house(first) and " " in others[0] and not _is_house(others[0]) and all(map(str.istitle, others[0].split()))


def _is_signed(credit: str) -> bool:
    """Whether a credit is names and their house (`Jane Row/dpa`), with which a story is signed behind its last full stop only."""
    names, _, house = credit.rpartition("/")
    return " " in names and _is_house(house.strip()) and all([word[0].isupper() for word in names.split()])


def _is_house(name: str) -> bool:
    return name in _OTHERS or name.casefold() in table().by_signature


def _tail(text: str, start: int, end: int) -> tuple[int, BlockKind] | None:
    """(where the last piece that is no caption begins, its kind)."""
    if text[end - 1] in ")]":
        opening = _opening(text, start, end)
        if opening is None:
            return None
        if restrictions.bracketed(text, opening, end):
            return opening, "restriction"
        return (opening, "credit") if _is_credit(text[opening + 1 : end - 1]) else None
    found = _patterns()[0].search(text, max(start, end - 90), end)
    return (found.start("credit"), "credit") if found else None


def _opening(text: str, start: int, end: int) -> int | None:
    """The partner of the bracket that ends at `end`: credits nest them (`(Handout (Harbor Office) via AP)`)."""
    farthest = max(start, end - 320)
    nearest = max(text.rfind("(", farthest, end), text.rfind("[", farthest, end))
    if nearest < 0 or (text.find(")", nearest, end - 1) < 0 and text.find("]", nearest, end - 1) < 0):  # as a rule it is the only pair
        return nearest if nearest >= 0 else None
    depth = 0
    for at in range(end - 1, farthest - 1, -1):
        if text[at] in ")]":
            depth += 1
        elif text[at] in "([":
            depth -= 1
            if depth == 0:
                return at
    return None
