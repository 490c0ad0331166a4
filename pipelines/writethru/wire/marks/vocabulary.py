"""The words of the marks: which word means what, and in which places it may stand as a mark. Readers look; nothing else decides here.

Sources: Reuters' prefix inventory of May 2012 (23,455 headlines) and its handbook on corrections, refiles, kills and repeats; the AP
wire of January 1989; dpa's stylebook; copy of Yonhap, AFP, TT, ANP and Europa Press. A word of an agency of its own stands in
`agencies.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from writethru.wire.marks import (
    ADVISORY,
    ALERT,
    CLARIFICATION,
    CORRECTION,
    FLASH,
    KILL,
    REFILE,
    RELEASE,
    REPEAT,
    ROUNDUP,
    UPDATE,
    URGENT,
    WITHHOLD,
    Kind,
)


class Word(NamedTuple):
    """What a word means, and where it may stand, by letters. Small letters mean the word in capitals, capital letters any case.

    `g` glued to the headline by a hyphen, whatever follows (`CORRECTED-Bridge`, `RPT-BRIDGE`); `h` the same, but only before a headline
    in sentence case, since the word forms compounds (`ALERT-Bridge shut`, not `ALERT-LEVEL RAISED`); `d` before a hyphen or dash between
    blanks; `c` before a colon; `s` before a slash (`WDH/Bridge`); `b` in brackets before a headline; `t` in brackets or behind a dash at
    its end; `l` with a line, a section of a keyword line or of a slug's bracket to itself.
    """

    kind: Kind
    places: str

    def fits(self, place: str, shouted: bool) -> bool:
        """Whether it is a mark in `place`; `shouted`: it is printed without a small letter."""
        return (shouted and place in self.places) or place.upper() in self.places


def _words(*rows: tuple[Kind, str, str]) -> dict[str, Word]:
    return {word: Word(kind, places) for kind, places, words in rows for word in words.split("|")}


_COUNTED_UPDATE = Kind("update", "update", True)
_UNCOUNTED_ROUNDUP = Kind("roundup", None, True)

WORDS: dict[str, Word] = _words(
    (KILL, "gdcbl", "STORY WITHDRAWN"),
    (KILL, "hdc", "WITHDRAWAL"),
    (KILL, "gdcbl", "MANDATORY KILL|BULLETIN KILL"),
    (KILL, "l", "KILL KILL KILL"),
    (KILL, "dcl", "KILL ADVISORY|KILL NOTICE"),
    (KILL, "bcl", "KILL|ELIMINATION"),
    (KILL, "hdcb", "WITHDRAWN"),
    (KILL, "c", "ANNULATION|ANULACIÓN|ANULACION|ANNULLAMENTO|ANNULLIERUNG"),
    (KILL, "Cbl", "MELDUNG ZURÜCKGEZOGEN|DÉPÊCHE ANNULÉE|DEPECHE ANNULEE|NOTICIA ANULADA|NOTIZIA ANNULLATA|BERICHT INGETROKKEN"),
    (KILL, "Cbl", "NOTÍCIA ANULADA|UUTINEN PERUTTU|MELDINGEN TREKKES|TELEGRAMMET TILBAGEKALDES|TELEGRAMMET ÅTERKALLAS|إلغاء خبر"),
    (KILL, "cbl", "전문취소|전문 취소|기사취소|기사 취소"),
    (WITHHOLD, "l", "HOLD HOLD HOLD"),
    (RELEASE, "l", "RELEASE RELEASE RELEASE|HOLD RELEASED"),
    (CORRECTION, "gdCBtL", "CORRECTED"),
    (CORRECTION, "gdcbl", "CORRECTED (OFFICIAL)|CORRECTED(OFFICIAL)|CORRECTED OFFICIAL|OFFICIAL CORRECTION|(OFFICIAL)"),
    (CORRECTION, "hdCBtL", "CORRECTION"),
    (CORRECTION, "hdCbtL", "CORRECTIVE"),
    (CORRECTION, "btl", "RPT CORRETTO|RIPETIZIONE CORRETTA"),
    (CORRECTION, "bl", "CORRECTED REPEAT|CORRECTED REPETITION|CORRECTED-REPETITION"),
    (CORRECTION, "dCBTL", "BERICHTIGUNG|BERICHTIGT|FE DE ERRORES|FE DE ERRATAS|ERRATA CORRIGE|RECTIFICATIE|RÄTTELSE|RETTELSE|OIKAISU"),
    (CORRECTION, "dCsBTL", "KORREKTUR"),
    (CORRECTION, "dCBTL", "RECTIFICATIF|RECTIF|CORRECCIÓN|CORRECCION|CORREGIDA|CORREGIDO|RECTIFICACIÓN|RECTIFICACION"),
    (CORRECTION, "dCBTL", "CORREZIONE|CORRECTIE|GECORRIGEERD|KORRIGERING|KORRIGERAD|RÄTTAD|KORREKSJON|KORREKTION|CORREÇÃO|CORRECÇÃO"),
    (CORRECTION, "dCBTL", "CORRIGIDA|CORRIGIDO"),
    (CORRECTION, "dcBTL", "KORRIGIERT|CORRECTIF|RECTIFICATION|RETTIFICA|RETTET|KORJAUS|KORJATTU|CORRIGE|ERRATA"),
    (CORRECTION, "dcbtl", "تصحيح|정정|고침|바로잡음|訂正|更正|ИСПРАВЛЕНИЕ"),
    (REFILE, "gdCbtl", "REFILE|REFILED"),
    (REFILE, "btl", "KORR|수정"),
    (CLARIFICATION, "hdCBtL", "CLARIFICATION"),
    (CLARIFICATION, "cBtL", "KLARSTELLUNG|ACLARACIÓN|ACLARACION|PRECISAZIONE|VERDUIDELIJKING|FÖRTYDLIGANDE|PRESISERING|PRÆCISERING"),
    (CLARIFICATION, "btl", "PRÄZISIERUNG|PRÉCISION|ESCLARECIMENTO|TÄSMENNYS|TARKENNUS|توضيح|УТОЧНЕНИЕ"),
    (REPEAT, "gdcbtl", "RPT"),
    (REPEAT, "hdbtl", "REPEAT|REPEATS|REPEATING"),
    (REPEAT, "dcsBTL", "WDH"),
    (REPEAT, "dcBTL", "WIEDERHOLUNG|RÉPÉTITION|REPETITION|REPETICIÓN|REPETICION|REPITE|RIPETIZIONE|HERHALING|OMSÄNDNING"),
    (REPEAT, "dcBTL", "REPETISJON|GENTAGELSE|TOISTO|UUSINTA|REPETIÇÃO|REENVÍO"),
    (REPEAT, "dcbtl", "إعادة|재송|再送|ПОВТОР"),
    (_COUNTED_UPDATE, "gdbtl", "UPDATE"),
    (_COUNTED_UPDATE, "gdBTl", "ATUALIZA|ACTUALIZA|ACTUALIZACION|ACTUALIZACIÓN|ATUALIZAÇÃO|ACTUALIZAÇÃO"),
    (UPDATE, "BTL", "AKTUALISIERUNG|AKTUALISIERT|NEUFASSUNG|ZUSAMMENFASSUNG|AMPLIACIÓN|AMPLIACION|AGGIORNAMENTO|AGGIORNATO"),
    (UPDATE, "BTL", "ACTUALISATION|ACTUALISÉ|MISE À JOUR|UPPDATERING|UPPDATERAD|UTVIDGAD|OPPDATERING|OPPDATERT|OPDATERING|OPDATERET"),
    (UPDATE, "BTL", "PÄIVITYS|PÄIVITETTY|TÄYDENNETTY|ATUALIZADA|ACTUALIZADA|UPDATED"),
    (UPDATE, "CBL", "NY VERSJON|NY VERSION|NY UTGAVE"),
    (UPDATE, "cbl", "ANNULE ET REMPLACE|SUSTITUYE Y ANULA|SOSTITUISCE E ANNULLA|ERSETZT FRÜHERE FASSUNG"),
    (_COUNTED_UPDATE, "gbtl", "تحديث"),
    (UPDATE, "btl", "WRITETHRU|WRITETHROUGH|差し替え|ДОПОЛНЕННЫЙ"),
    (ROUNDUP, "gdcbl", "WRAPUP"),
    (_UNCOUNTED_ROUNDUP, "CBL", "LEADALL|GESAMTZUSAMMENFASSUNG|TAGESZUSAMMENFASSUNG"),
    (_UNCOUNTED_ROUNDUP, "l", "WRAP|ROUNDUP|RDP|SYNTHÈSE|SYNTHESE|RIEPILOGO|SAMMANFATTNING|OPPSUMMERING"),
    (_UNCOUNTED_ROUNDUP, "bt", "종합"),
    (ADVISORY, "hdcbL", "ADVISORY"),
    (ADVISORY, "hdl", "DIARY"),
    (ADVISORY, "BL", "ACHTUNG"),
    (ADVISORY, "cl", "ATTENTION USERS|ATTENTION EDITORS|ATTN EDITORS|NOTE TO EDITORS|MEDIA ADVISORY|COVERAGE ADVISORY|NEWS ADVISORY"),
    (ADVISORY, "l", "AVIS AUX RÉDACTIONS|AVIS AUX REDACTIONS|AVISO A LOS EDITORES|AVVISO AI REDATTORI|HINWEIS AN DIE REDAKTIONEN"),
    (ADVISORY, "l", "TILL REDAKTIONEN|TIL REDAKTIONEN|TIL REDAKSJONEN|TOIMITUKSILLE|تنويه"),
    (FLASH, "hdcbl", "FLASH"),
    (FLASH, "l", "МОЛНИЯ"),
    (ALERT, "hd", "SNAP"),
    (ALERT, "hdcbl", "ALERT|BULLETIN"),
    (ALERT, "DCBL", "EIL"),
    (ALERT, "DCBL", "EILMELDUNG"),
    (ALERT, "dcbl", "ALERTE"),
    (ALERT, "BT", "AVANCE"),
    (ALERT, "bl", "NEWSALERT|NEWS ALERT|ALERTA|EKSTRA|BRÅDSKANDE|긴급"),
    (ALERT, "cbl", "速報|快讯|BREAKING|BREAKING NEWS"),
    (ALERT, "l", "EXTRA|تنبيه"),
    (URGENT, "hdcbl", "URGENT"),
    (URGENT, "dcbl", "URGENTE|SPOED|HASTER|KIIREELLINEN|عاجل"),
    (URGENT, "btl", "속보|СРОЧНО"),
)
"""Word in capitals -> what it means and where. `UPDATE: Acme Corp Announces` is a press release, `WRAPUP` and `OFFICIAL` before a colon
open plain headlines, `OMS` is the World Health Organization in five languages."""


def meant(word: str, place: str, own: Mapping[str, Kind]) -> Kind | None:
    """What `word` means where it stands in `place`, None where it is no mark there. `own`: the agency's own words, as printed, which are
    marks in every place, glued ones only before a headline in sentence case."""
    kind = own.get(word)
    if kind is not None and place != "g":
        return kind
    key = word.upper()
    entry = WORDS.get(key)
    return entry.kind if entry is not None and entry.fits(place, word == key) else None


PRICED = frozenset({"CORRECTIE", "CORRECCIÓN", "CORRECCION", "CORREZIONE", "CORREÇÃO", "CORRECÇÃO", "KORREKTUR", "KORREKTION"})
"""Corrections that prices make as well: in title case no marks before a headline of prices (`Correctie: beurs verliest 3 procent`)."""

DOUBTED = frozenset(
    {"WITHDRAWAL", "WITHDRAWN", "STORY WITHDRAWN", "KILL KILL KILL", "BULLETIN KILL", "MANDATORY KILL", "KILL ADVISORY", "KILL NOTICE"}
)
"""Words that withdraw and are titles of films and headlines as well: the rest of the item must agree."""

SENTENCES = frozenset(word for word, entry in WORDS.items() if entry.kind == KILL and "C" in entry.places)
"""Words of them that say that a story is withdrawn: in capitals they do so wherever they stand, in small letters where the copy agrees."""

OWNED = frozenset({"WITHDRAWAL", "WITHDRAWN"})
"""Words of them by which only those agencies withdraw whose own they are: with any other the item must say so."""

ORDERED = frozenset({"KILL", "ELIMINATION", "ANNULATION", "ANULACIÓN", "ANULACION", "ANNULLAMENTO", "ANNULLIERUNG"})
"""Words that withdraw only where copy or notes order so: any headline may begin with them."""

PREFIX_NEEDS_NUMBER = frozenset(word for word, entry in WORDS.items() if entry.kind is _COUNTED_UPDATE)
"""`UPDATE: Acme Corp Announces` is a press release, `UPDATE 1-Acme` a version."""

LINES: dict[str, Kind] = {word: entry.kind for word, entry in WORDS.items() if "l" in entry.places.lower()}
"""Marks that may have a line, a section of a keyword line or a bracket of a slug to themselves."""

COLON_FAMILY: dict[str, Kind] = {
    "URGENT": URGENT,
    "UPDATE": UPDATE,
    "ROUNDUP": ROUNDUP,
    "FLASH": FLASH,
    "ALERT": ALERT,
    "AVANCE": UPDATE,
    "LEAD": Kind("update", "lead", True),
}
"""`Update: `, `Urgent: `, `UPDATE1: `, `ROUNDUP 2: ` before a headline of agencies that mark so (`colon`)."""

DOTTED: dict[str, Kind] = {
    "AMP": UPDATE,
    "AMPL": UPDATE,
    "AVANCE": UPDATE,
    "RSM": _UNCOUNTED_ROUNDUP,
    "COR": CORRECTION,
    "CORR": CORRECTION,
    "REP": REPEAT,
}
"""`AMP.- ` and what stands in its place; `AMP2.- ` counts."""

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

SLUG_GENRES = GENRES | {"SCENE", "LD", "BJT", "PORTRAIT", "REPORTAGE"}
"""Sections of a slug that say what kind of text it is. `Bjt` is AP's budget."""

DESKS = frozenset({
    "GLOBAL MARKETS", "GLOBAL ECONOMY", "US STOCKS", "US STOCKS SNAPSHOT", "CANADA STOCKS", "TREASURIES", "PRECIOUS", "METALS", "FOREX",
    "EMERGING MARKETS", "CERAWEEK", "DAVOS", "MIDEAST STOCKS", "CANADA FX", "NBA", "NFL", "MLB", "NHL", "UFC", "WNBA",
    "Soccer", "Golf", "Tennis", "Cricket", "Rugby", "Rugby League", "Rugby Union", "Olympics", "Athletics", "Swimming", "Volleyball",
    "Motor racing", "Motorcycling", "Formula One", "Cycling", "Boxing", "Basketball", "Baseball", "Ice hockey", "Figure skating",
    "Alpine skiing", "Skeleton", "Rowing", "Sailing", "Horse racing", "Snooker", "Shooting", "Games", "Med crude", "Doping",
})  # fmt: skip
"""Desks and series of Reuters, as printed."""

GENRE_LABELS = frozenset({
    "News Focus", "Yonhap Interview", "Yonhap Feature", "News Analysis", "Newsmaker", "Photo", "Graphic", "Photo News", "EDITORIAL",
    "Asiad", "Movie Review", "Herald Interview",
})  # fmt: skip
"""Labels in parentheses that name the kind of text or its series wherever they stand before a headline."""

SLUG_MEDIA = frozenset({"PIX", "PICS", "PICTURE", "PICTURES", "PHOTO", "PHOTOS", "TV", "VIDEO", "GRAPHIC", "GRAPHICS", "SCHEDULED"})
"""What a slug's bracket announces beside its marks."""
