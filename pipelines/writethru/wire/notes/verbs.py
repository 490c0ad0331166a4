"""The verbs of update notes and what they do."""

from __future__ import annotations

from typing import NamedTuple

from writethru.records import NoteClass


class Form(NamedTuple):
    """`base`: it is the form of the dictionary or of an order (`ADD quotes`), which may be a noun as well."""

    lemma: str
    klass: NoteClass
    base: bool = False


_LEMMAS: dict[NoteClass, str] = {
    "add": "add insert include expand append complement supplement",
    "update": "update lead top freshen raise",
    "recast": "recast rewrite rework restructure rephrase reword reorganize reorder",
    "change": "sub substitute replace change amend modify adjust edit conform refresh restyle revise",
    "correct": "correct fix rectify",
    "clarify": "clarify",
    "trim": "delete remove drop trim cut shorten omit tighten condense",
    "restore": "restore reinstate",
    "merge": "combine merge incorporate",
    "split": "split",
    "repeat": "retransmit repeat rpt resend reissue refile rerun",
    "kill": "kill withdraw eliminate cancel",
    "hold": "hold withhold",
    "move": "move shift",
}
_FOREIGN: dict[NoteClass, str] = {
    "add": "ajoute rajoute complète acrescenta añade agrega incorpora amplía aggiunge inserisce integra ergänzt voegt lägger legger "
    "tilføjer tilføyer lisää إضافة يضيف تضيف",
    "update": "aktualisiert actualise actualiza atualiza aggiorna actualiseert uppdaterar oppdaterer opdaterer päivittää تحديث يحدث تحدث",
    "recast": "réécrit remanie refait reescribe reescreve riscrive herschrijft överarbetar",
    "change": "ersetzt ändert remplace modifie substitui substituye reemplaza cambia modifica sostituisce vervangt wijzigt ersätter ändrar "
    "erstatter endrer ændrer korvaa muuttaa",
    "correct": "berichtigt korrigiert corrige rectifie rectifica corregge rettifica corrigeert rättar rättas korrigerar retter korrigerer "
    "oikaisee korjaa تصحيح يصحح تصحح",
    "clarify": "präzisiert precisa aclara chiarisce verduidelijkt förtydligar presiserer præciserer täsmentää tarkentaa توضيح",
    "trim": "streicht kürzt supprime suprime elimina taglia schrapt stryker stryger poistaa حذف",
    "repeat": "wiederholt répète repite repete ripete herhaalt upprepar gjentar gentager toistaa إعادة",
    "merge": "fusionne refunde",
}
_PARTICIPLES: dict[NoteClass, str] = {
    "add": "added ergänzt eingefügt hinzugefügt ajouté ajoutée ajoutés añadido añadida ampliado aggiunto aggiunta aggiunti toegevoegd "
    "tillagd tillagt tillagda tilføyd tilføjet lisätty täydennetty acrescentado acrescentada complemented 추가 보완",
    "update": "updated aktualisiert actualisé actualisée actualizado actualizada atualizado atualizada aggiornato aggiornata "
    "geactualiseerd bijgewerkt uppdaterad uppdaterat oppdatert opdateret päivitetty 업데이트",
    "recast": "recast rewritten überarbeitet umgeschrieben réécrit réécrite remanié reescrito riscritto herschreven omskriven omskrivet "
    "omskrevet omarbetad",
    "change": "revised geändert ersetzt umgestellt modifié remplacé modificado cambiado modificato sostituito aangepast gewijzigd "
    "vervangen ändrad ändrat ändrade endret ændret erstattet muutettu korvattu alterado 수정 변경 교체",
    "correct": "corrected berichtigt korrigiert corrigé corrigée rectifié corregido corregida corretto corretta rettificato gecorrigeerd "
    "rättad rättat rättade korrigerad korrigerat rettet korrigeret korrigert korjattu oikaistu corrigido corrigida 정정 고침",
    "clarify": "clarified präzisiert précisé aclarado precisato verduidelijkt förtydligad presisert præciseret täsmennetty tarkennettu",
    "trim": "deleted removed trimmed gekürzt gestrichen supprimé suprimido eliminado tagliato geschrapt ingekort struken strykt strøket "
    "slettet poistettu lyhennetty 삭제",
    "restore": "restored wiederhergestellt rétabli repuesto",
}
"""Verbal adjectives and, in Korean, verbal nouns, which stand behind what they do something to (`Name im 2. Absatz korrigiert`)."""
NOUNS: dict[NoteClass, str] = {
    "correct": "berichtigung korrektur rättelse rettelse oikaisu korjaus correction corrective rectificatif correctif rectification "
    "corrección correccion rectificación rectificacion correzione rettifica correctie rectificatie correção errata korrigering "
    "korreksjon korrektion 訂正 更正 исправление",
    "clarify": "clarification klarstellung präzisierung précision aclaración aclaracion precisazione verduidelijking förtydligande "
    "presisering præcisering esclarecimento täsmennys tarkennus уточнение",
    "update": "aktualisierung zusammenfassung neufassung "
    "actualisation actualización aggiornamento uppdatering oppdatering opdatering päivitys atualização",
    "add": "ergänzung ampliación aggiunta tillägg tilføjelse tilføyelse lisäys aanvulling ajout acréscimo",
    "repeat": "wiederholung répétition repetition repetición repeticion ripetizione herhaling omsändning repetisjon gentagelse toisto "
    "uusinta repetição повтор 再送 재송",
}
"""Nouns that head a note as a verb would."""

AMBIGUOUS_BASES = frozenset(
    {"LEAD", "TOP", "SUB", "FIX", "CUT", "DROP", "KILL", "HOLD", "MOVE", "SPLIT", "TRIM", "CHANGE", "REPEAT", "EDIT", "SUPPLEMENT", "RAISE"}
)
"""Base forms that are as often something else: a note's verb only where printed in capitals."""
AMBIGUOUS_PLURALS = frozenset(
    {
        "LEADS",
        "TOPS",
        "CUTS",
        "DROPS",
        "HOLDS",
        "MOVES",
        "SPLITS",
        "TRIMS",
        "CHANGES",
        "EDITS",
        "UPDATES",
        "REPEATS",
        "SUPPLEMENTS",
        "RAISES",
    }
)
"""Third persons that are plurals of nouns too: behind a comma only as the last word of a note or before an object."""
MECHANICAL = frozenset({"sub", "lead", "insert", "replace", "retransmit", "repeat", "resend", "refile", "change", "substitute", "rerun"})
"""Lemmas that say how the copy is handled; what for stands in the infinitive behind them."""


def _inflected(lemma: str) -> list[tuple[str, bool]]:
    """(form, whether it is the base form), upper case."""
    if lemma == "rpt":
        return [("RPT", False)]
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    third = lemma[:-1] + "ies" if lemma.endswith("fy") else lemma + ("es" if lemma.endswith(("x", "ss", "ch")) else "s")
    gerunds = [stem + "ing", lemma + lemma[-1] + "ing"]
    return [(lemma.upper(), True), (third.upper(), False), *((form.upper(), False) for form in gerunds)]


_OTHERS = {word.upper(): Form(word, klass) for table in (_FOREIGN, NOUNS) for klass, words in table.items() for word in words.split()}
PARTICIPLES: dict[str, Form] = {word.upper(): Form(word, klass) for klass, words in _PARTICIPLES.items() for word in words.split()}
FORMS: dict[str, Form] = (
    {word: form for word, form in PARTICIPLES.items() if word.isascii() and word.endswith("ED")}
    | _OTHERS
    | {form: Form(lemma, klass, base) for klass, lemmas in _LEMMAS.items() for lemma in lemmas.split() for form, base in _inflected(lemma)}
)
"""Form in capitals -> what it is."""

NOTE_VERB = "|".join(
    sorted(
        (form for form, known in FORMS.items() if not known.base and known.klass not in ("kill", "hold", "move") and len(form) > 3),
        key=len,
        reverse=True,
    )
)
"""Alternatives of a pattern: what may open a note in parentheses."""
