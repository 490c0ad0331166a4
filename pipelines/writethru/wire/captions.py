"""Picture captions in running copy. They are not the story: their credit and restrictions bind the picture."""

from __future__ import annotations

import re

from writethru.wire.agencies import table

_LONGEST = 900
_RESTRICTED = re.compile(r"\((?:For Use Only|FOR USE ONLY|No Redistribution|NO RESALE|NO ARCHIV|EDITORIAL USE ONLY)[^()]{0,80}\)")
_PICTURED = re.compile(
    r"(?:In )?(?:this|This|these|These|A|An|The)\b[^.]{0,60}?"
    r"\b(?:photo|photos|photograph|image|images|picture|combination|handout|frame)\b"
    r"[^.]{0,60}?\b(?:provided|released|taken|supplied|distributed|made available|obtained|shows?|shot|captured)\b"
)
_PORTRAIT = re.compile(r"\b(?:pose[sd]? for|is seen|are seen|file photo|in this photo|in this image|\((?:L|R|C|left|right)\))")
_NAMED = re.compile(
    r"(?:\b(?:Foto|Photo|Photos|Bild|Photograph)\s?:\s?[^\n.]{2,50}|\s/\s(?:AFP|AP|EPA)\s/\s[A-Z][\w .'-]{2,40}|"
    r"[A-Z][\w'-]+\s[A-Z][\w'-]+/(?:AP|AFP|Reuters|REUTERS|EPA|dpa|Getty Images)(?:/\w+)?)$"
)
_CREDIT_WORDS = (" via ", "Photo", "photo", "Getty", "EPA", "Handout", "Courtesy")


def is_caption(text: str, start: int, end: int, fenced: bool) -> bool:
    """Whether the paragraph [start, end) is a caption. `fenced`: it stands apart by more blank lines than paragraphs of this text do.

    A credit alone proves nothing, since a story's last paragraph may carry one; it takes a credit with the fence or with a caption's
    words, a restriction on use, or the opening `In this photo provided by`.
    """
    if end - start > _LONGEST:
        return False
    last = text[end - 1]
    if last == ")":
        opening = text.rfind("(", start, end)
        if opening < 0:
            return False
        credit = text[opening + 1 : end - 1]
        if _RESTRICTED.search(text, max(start, end - 160), end):
            return True
        if table().signed(credit) or any(word in credit for word in _CREDIT_WORDS):
            return fenced or bool(_PICTURED.match(text, start, end) or _PORTRAIT.search(text, start, end))
        return False
    if text.startswith(("In this ", "This ", "In these ", "These "), start):
        found = _PICTURED.match(text, start, min(end, start + 160))
        return found is not None and found[0].endswith(("provided", "released", "taken", "made available"))
    if last in '.!?"”':
        return False
    if "/" in text[max(start, end - 60) : end] or ": " in text[max(start, end - 60) : end]:
        return end - start < 500 and bool(_NAMED.search(text, start, end))
    return False
