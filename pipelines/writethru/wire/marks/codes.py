"""The codes of envelopes: signals, status words, genres and link relations, and what each one means."""

from __future__ import annotations

from writethru.wire.marks import (
    ADVISORY,
    ALERT,
    CLARIFICATION,
    CORRECTION,
    FLASH,
    KILL,
    PARTIAL,
    REFILE,
    RELEASE,
    REPEAT,
    UPDATE,
    WITHHOLD,
    Kind,
)

_UPDATED = Kind("update")

SIGNALS: dict[str, Kind] = {
    "sig:update": UPDATE,
    "sig:correction": CORRECTION,
    "edstat:u": _UPDATED,
    "edstat:c": CORRECTION,
    "edstat:d": KILL,
    "tt_sig:replace": UPDATE,
    "update:append-major-content": UPDATE,
    "updatetype:uv": UPDATE,
    "updatetype:korr": REFILE,
    "updatetype:rä": CORRECTION,
    "updatetype:avpub": KILL,
    "updatetype:retransmission": REPEAT,
    "updatetype:oms": REPEAT,
    "editorialtypes:add": PARTIAL,
    "editorialtypes:lead": _UPDATED,
    "editorialtypes:writethru": UPDATE,
    "editorialtypes:takes": PARTIAL,
    "editorialtypes:corrective": CORRECTION,
    "editorialtypes:correction": CORRECTION,
    "editorialtypes:clarification": CLARIFICATION,
    "editorialtypes:advisory": ADVISORY,
    "editorialtypes:withhold": WITHHOLD,
    "editorialtypes:kill": KILL,
    "editorialtypes:elimination": KILL,
    "editorialtypes:disregard": KILL,
    "writethrutype:writethru": UPDATE,
    "writethrutype:lead": _UPDATED,
    "instruction:update": UPDATE,
    "instruction:replace": UPDATE,
    "instruction:correction": CORRECTION,
    "instruction:rectify": CORRECTION,
    "instruction:repeat": REPEAT,
    "instruction:kill": KILL,
    "instruction:delete": KILL,
    "instruction:withhold": WITHHOLD,
    "instruction:release": RELEASE,
    "newsitemtype:alert": ALERT,
    "format:flash": ALERT,
    "revision:u": PARTIAL,
    "nitf:correction": CORRECTION,
}
"""Signals, lower case. AP says `Lead` of every writethru, so that `Lead` alone tells nothing of completeness; Reuters' edStat is per
guid, so that N may accompany `UPDATE 1-`. NewsML 1's `Update="U"` sends the changes alone, its `A` and `N` change nothing."""

EMBARGO_SIGNALS = frozenset({"editorialtypes:holdforrelease"})
"""Signals that name an embargo, whose time stands elsewhere or nowhere."""

NUMBERED_SIGNALS: dict[str, Kind] = {
    "du-key:version": _UPDATED,
    "du-key:part": Kind(None, "take"),
    "series:part": Kind(None, "take"),
    "writethruvalue": Kind("update", "lead", True),
    "writethrunum": Kind("update", "lead", True),
}
"""Signals that end in a number (`du-key:version=04`, `writethrunum:8th`), and what one above their first means."""
FIRST_NUMBERS = {"du-key:version": 1}
"""The number that says nothing yet; nought for the others."""

OTHER_STATUS = "management-idref-status"
"""NITF: the status not of this document but of the one it manages (`management-doc-idref`)."""
OTHER_LINK = "management-doc-idref"

STATUSES: dict[str, str] = {
    "usable": "usable",
    "active": "usable",
    "embargoed": "usable",
    "replaced": "superseded",
    "withheld": "withheld",
    "blocked": "withheld",
    "commissioned": "withheld",
    "canceled": "canceled",
    "cancelled": "canceled",
    "deleted": "canceled",
    "killed": "canceled",
    "withdrawn": "canceled",
    "recalled": "canceled",
}
"""Status words of NewsML 1 and G2, ninjs, NITF, AP, PA, TT and Media RSS -> ninjs `pubStatus`; `superseded` is usable there, and another
item has taken its place."""

GENRE_ACTIONS: dict[str, Kind] = {
    "alert": ALERT,
    "flash": FLASH,
    "update": _UPDATED,
    "advisory": ADVISORY,
    "تنبيه": ALERT,
    "dpatextgenre:26": UPDATE,
    "dpatextgenre:9": Kind("roundup"),
    "dpatextgenre:27": ADVISORY,
    "dpatextgenre:48": ALERT,
    "sttversion:1": ALERT,
    "sttversion:5": UPDATE,
}
"""Genres that say what the item is to its story, by name, literal or code, lower case. dpa's 7 (sidebar) says nothing of a version."""

REPLACING = frozenset(
    {"prevversion", "evolvedfrom", "replacing", "replaces", "rewrite_of", "supersedes", "correction", "predecessor-version"}
)
"""Link relations (lower case, prefix cut off) whose end this item supersedes."""
REPLACED_BY = frozenset({"replacedby", "isreplacedby", "replaced_by", "successor-version"})
"""Link relations whose end supersedes this item."""
