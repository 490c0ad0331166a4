"""The words of the marks: which tag, label and line means what. Readers decide where such a word may stand; nothing is decided here.

Sources: Reuters' prefix inventory of May 2012 (23,455 headlines) and its handbook on corrections, refiles, kills and repeats; the AP
wire of January 1989; dpa's stylebook; Yonhap, AFP, TT and ANP copy.
"""

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
    ROUNDUP,
    UPDATE,
    URGENT,
    WITHHOLD,
    Kind,
)

_NUMBERED = Kind("update", "update", True)

TAGS: dict[str, Kind] = {
    "UPDATE": _NUMBERED,
    "ATUALIZA": _NUMBERED,
    "ACTUALIZA": _NUMBERED,
    "ACTUALIZACION": _NUMBERED,
    "WRAPUP": ROUNDUP,
    "CORRECTED": CORRECTION,
    "CORRECTED (OFFICIAL)": CORRECTION,
    "CORRECTED(OFFICIAL)": CORRECTION,
    "CORRECTED OFFICIAL": CORRECTION,
    "(OFFICIAL)": CORRECTION,
    "OFFICIAL": CORRECTION,
    "OFFICIAL CORRECTION": CORRECTION,
    "CORRECTION": CORRECTION,
    "CORRECTIVE": CORRECTION,
    "REFILE": REFILE,
    "CLARIFICATION": CLARIFICATION,
    "RPT": REPEAT,
    "REPEAT": REPEAT,
    "WITHDRAWAL": KILL,
    "STORY WITHDRAWN": KILL,
    "ADVISORY": ADVISORY,
    "DIARY": ADVISORY,
    "FLASH": FLASH,
    "SNAP": ALERT,
    "ALERT": ALERT,
    "BULLETIN": ALERT,
    "URGENT": URGENT,
}
"""Headline tags: `TAG-`, `TAG n-`, `TAG - `, `(TAG) `, `<TAG> - `."""

NEED_NUMBER = frozenset({"UPDATE", "ATUALIZA", "ACTUALIZA", "ACTUALIZACION"})
"""`UPDATE: Acme Corp Announces` is a press release, `UPDATE 1-Acme` a version."""

COLON_TAGS = frozenset({"CORRECTED", "CORRECTION", "CLARIFICATION", "REFILE", "RPT", "WITHDRAWAL", "STORY WITHDRAWN", "ADVISORY", "FLASH",
                        "BULLETIN", "ALERT", "URGENT"})  # fmt: skip
"""Tags that may be parted by a colon. `WRAPUP:` and `OFFICIAL:` open plain headlines."""

TITLE_TAGS = frozenset({"CORRECTED", "CORRECTION", "CLARIFICATION"})
"""Of these the Title-case form with a colon (`Corrected: `) is a mark too: website style."""

COLON_FAMILY: dict[str, Kind] = {"URGENT": URGENT, "UPDATE": UPDATE, "ROUNDUP": ROUNDUP, "FLASH": FLASH, "ALERT": ALERT, "AVANCE": UPDATE}
"""`Update: `, `Urgent: `, `UPDATE1: ` before a headline of Xinhua or Kyodo."""

GENRES = frozenset({
    "FACTBOX", "TIMELINE", "EXPLAINER", "ANALYSIS", "INSIGHT", "FOCUS", "FEATURE", "EXCLUSIVE", "COLUMN", "POLL", "PREVIEW", "TABLE",
    "GRAPHIC", "NEWSMAKER", "BRIEF", "MEDIA", "MOVES", "ON THE MOVE", "MORNING BID", "PRESS DIGEST", "LIVE MARKETS", "BUZZ", "INTERVIEW",
    "INSTANT VIEW", "HIGHLIGHTS", "PROFILE", "SPECIAL REPORT", "TEXT", "CHRONOLOGY", "Q+A", "Q&A", "SCENARIOS", "WITNESS", "BREAKINGVIEWS",
    "COMMENTARY", "OBITUARY", "SNAPSHOT", "INDICATORS", "DEALTALK", "HOW TO PLAY IT", "YOUR MONEY", "RLPC", "IFR", "MIDCAP", "BUYOUTS",
    "APNEWSBREAK", "AP EXCLUSIVE",
})  # fmt: skip
"""Kinds of text, not versions. They share the syntax of the tags and stack with them in any order."""

COLON_GENRES = GENRES - {"BRIEF", "COLUMN", "FOCUS", "MEDIA", "POLL", "TABLE", "TEXT", "MOVES", "PROFILE", "OBITUARY"}
"""Kinds of text that may be parted by a colon in any case (`Factbox: `)."""

DESKS = frozenset({
    "GLOBAL MARKETS", "GLOBAL ECONOMY", "US STOCKS", "US STOCKS SNAPSHOT", "CANADA STOCKS", "TREASURIES", "PRECIOUS", "METALS", "FOREX",
    "EMERGING MARKETS", "CERAWEEK", "DAVOS", "MIDEAST STOCKS", "CANADA FX", "NBA", "NFL", "MLB", "NHL", "UFC", "WNBA",
    "Soccer", "Golf", "Tennis", "Cricket", "Rugby", "Rugby League", "Rugby Union", "Olympics", "Athletics", "Swimming", "Volleyball",
    "Motor racing", "Motorcycling", "Formula One", "Cycling", "Boxing", "Basketball", "Baseball", "Ice hockey", "Figure skating",
    "Alpine skiing", "Skeleton", "Rowing", "Sailing", "Horse racing", "Snooker", "Shooting", "Games", "Med crude", "Doping",
})  # fmt: skip
"""Desks and series of Reuters, as printed."""

LABELS: dict[str, Kind] = {
    "URGENT": URGENT,
    "CORRECTED": CORRECTION,
    "CORRECTION": CORRECTION,
    "RPT": REPEAT,
    "REPEAT": REPEAT,
    "REFILE": REFILE,
    "ADVISORY": ADVISORY,
    "Achtung": ADVISORY,
    "Berichtigung": CORRECTION,
    "Wiederholung": REPEAT,
    "Aktualisierung": UPDATE,
    "Zusammenfassung": UPDATE,
    "속보": URGENT,
    "종합": Kind("roundup", None, True),
}
"""Words that are a mark when they stand in parentheses at the head of a headline."""

GENRE_LABELS = frozenset({"News Focus", "Yonhap Interview", "Yonhap Feature", "News Analysis", "Newsmaker", "Photo", "Graphic",
                          "Photo News", "EDITORIAL"})  # fmt: skip

LINES: dict[str, Kind] = {
    "REFILE": REFILE,
    "CORRECTION": CORRECTION,
    "CORRECTED": CORRECTION,
    "CORRECTIVE": CORRECTION,
    "BERICHTIGUNG": CORRECTION,
    "CLARIFICATION": CLARIFICATION,
    "REPEAT": REPEAT,
    "WIEDERHOLUNG": REPEAT,
    "FLASH": FLASH,
    "BULLETIN": ALERT,
    "ALERT": ALERT,
    "EIL": ALERT,
    "EXTRA": ALERT,
    "URGENT": URGENT,
    "ADVISORY": ADVISORY,
    "ACHTUNG": ADVISORY,
    "ATTENTION USERS": ADVISORY,
    "KILL KILL KILL": KILL,
    "BULLETIN KILL": KILL,
    "MANDATORY KILL": KILL,
    "STORY WITHDRAWN": KILL,
    "HOLD HOLD HOLD": WITHHOLD,
    "RELEASE RELEASE RELEASE": RELEASE,
    "HOLD RELEASED": RELEASE,
}
"""Marks that may have a line, a section of a keyword line or a bracket of a slug to themselves."""

SIGNALS: dict[str, Kind] = {
    "sig:update": UPDATE,
    "sig:correction": CORRECTION,
    "edstat:u": Kind("update"),
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
    "editorialtypes:lead": Kind("update"),
    "editorialtypes:writethru": UPDATE,
    "editorialtypes:takes": PARTIAL,
    "editorialtypes:corrective": CORRECTION,
    "editorialtypes:correction": CORRECTION,
    "editorialtypes:clarification": CLARIFICATION,
    "editorialtypes:advisory": ADVISORY,
    "editorialtypes:holdforrelease": WITHHOLD,
    "editorialtypes:withhold": WITHHOLD,
    "editorialtypes:kill": KILL,
    "editorialtypes:elimination": KILL,
    "editorialtypes:disregard": KILL,
    "instruction:update": UPDATE,
    "instruction:correction": CORRECTION,
}
"""Structured signals, lower case. AP says `Lead` of every writethru, so that `Lead` alone tells nothing of completeness; Reuters' edStat
is per guid, so that N may accompany `UPDATE 1-`."""

STATUSES: dict[str, str] = {
    "usable": "usable",
    "active": "usable",
    "embargoed": "usable",
    "replaced": "usable",
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
"""Status words of NewsML-G2, ninjs, AP, PA, TT and Media RSS -> ninjs `pubStatus`."""

GENRE_ACTIONS: dict[str, Kind] = {
    "alert": ALERT,
    "flash": FLASH,
    "update": Kind("update"),
    "advisory": ADVISORY,
    "تنبيه": ALERT,
    "dpatextgenre:26": UPDATE,
    "dpatextgenre:9": Kind("roundup"),
    "dpatextgenre:27": ADVISORY,
}
"""Genres that say what the item is to its story, by name, literal or code, lower case."""

REPLACING = frozenset({"prevversion", "evolvedfrom", "replacing", "replaces", "rewrite_of", "supersedes"})
"""Link relations (lower case, prefix cut off) whose end this item supersedes."""
