"""Marks as senders down the line leave them: doubled, stacked, spaced and cased at will, in full width, in any language."""

from __future__ import annotations

import pytest

from writethru.records import ItemNote

ENGLISH = (
    "HARBOR, Maine (AP) _ The new bridge over the harbor opened to traffic on Monday after two years of work, and the mayor cut the ribbon "
    "while bands played on both banks of it and the ferry made its last trip.\n\nThe cost of it doubled in that time, the board said."
)
GERMAN = (
    "Berlin (dpa) - Die neue Brücke über den Hafen ist am Montag nach zwei Jahren Bauzeit für den Verkehr freigegeben worden.\n\n"
    "Der Bürgermeister sagte, die Arbeiten seien abgeschlossen."
)

HEADLINES = [
    ("(\uff2c\uff25\uff21\uff24) Bridge opens", "Yonhap", "update", 1, "Bridge opens"),
    ("(\uff12\uff4e\uff44 \uff2c\uff24) Bridge opens", "Yonhap", "update", 2, "Bridge opens"),
    ("RPT--Bridge opens", "Reuters", "repeat", None, "Bridge opens"),
    ("CORRECTED---Bridge opens", "Reuters", "correction", None, "Bridge opens"),
    ("UPDATE 2--Bridge opens", "Reuters", "update", 2, "Bridge opens"),
    ("ALERT--LEVEL RAISED", "", "new", None, "ALERT--LEVEL RAISED"),
    ("\uff082nd LD\uff09 Bridge opens", "Yonhap", "update", 2, "Bridge opens"),
    ("(2ND LD)Bridge opens", "Yonhap", "update", 2, "Bridge opens"),
    ("(2nd LD) (LEAD) Bridge opens", "Yonhap", "update", 2, "Bridge opens"),
    ("(LEAD)(URGENT) Bridge opens", "Yonhap", "alert", 1, "Bridge opens"),
    ("[URGENT] Bridge opens", "Yonhap", "alert", None, "Bridge opens"),
    ("(5th LD) Bridge opens", "Yonhap", "update", 5, "Bridge opens"),
    ("(종합2보) 항구 다리 개통", "Yonhap", "roundup", 2, "항구 다리 개통"),
    ("UPDATE2-Bridge opens", "Reuters", "update", 2, "Bridge opens"),
    ("UPDATE 2 - Bridge opens", "Reuters", "update", 2, "Bridge opens"),
    ("UPDATE 2 -Bridge opens", "Reuters", "update", 2, "Bridge opens"),
    ("UPDATE 2\u2013Bridge opens", "Reuters", "update", 2, "Bridge opens"),
    ("UPDATE\u30002\uff0dBridge opens", "Reuters", "update", 2, "Bridge opens"),
    ("RPT-RPT-UPDATE 1-Bridge opens", "Reuters", "repeat", 1, "Bridge opens"),
    ("CORRECTED-REFILE-UPDATE 4-Bridge opens", "Reuters", "correction", 4, "Bridge opens"),
    ("CORRECTED (OFFICIAL)-UPDATE 1-Bridge opens", "Reuters", "correction", 1, "Bridge opens"),
    ("OFFICIAL-CORRECTED-Bridge opens", "Reuters", "correction", None, "Bridge opens"),
    ("WRAPUP 3-Bridge opens", "Reuters", "roundup", 3, "Bridge opens"),
    (
        "CORRECTED-Milan opening delayed to 1000 GMT (NOT 1200 GMT)-official",
        "Reuters",
        "correction",
        None,
        "Milan opening delayed to 1000 GMT (NOT 1200 GMT)-official",
    ),
    ("RPT-CORRECTED-UPDATE 2-GLOBAL MARKETS-Stocks slip", "Reuters", "correction", 2, "Stocks slip"),
    ("UPDATE: Acme Corp Announces Q3 Results", "", "new", None, "UPDATE: Acme Corp Announces Q3 Results"),
    ("USDA TO UPDATE WINTER WHEAT ACREAGE TOMORROW", "Reuters", "new", None, "USDA TO UPDATE WINTER WHEAT ACREAGE TOMORROW"),
    ("Samsung Posts Record Profit -- Update", "Dow Jones", "update", None, "Samsung Posts Record Profit"),
    ("Norfolk Weather and Tide Updates", "", "new", None, "Norfolk Weather and Tide Updates"),
    ("CORRECTIONS <CCAX.O> SEEKS 1,000 PRISON BEDS", "Reuters", "new", None, "CORRECTIONS <CCAX.O> SEEKS 1,000 PRISON BEDS"),
    ("45 KILLED, 185 HURT IN FACTORY BLAST", "Reuters", "new", None, "45 KILLED, 185 HURT IN FACTORY BLAST"),
    ("HONG KONG EXTRADITION BILL WITHDRAWN", "", "new", None, "HONG KONG EXTRADITION BILL WITHDRAWN"),
    ("FLASH OMAHA HOGS UP 1.00 DLR - USDA", "Reuters", "alert", None, "OMAHA HOGS UP 1.00 DLR - USDA"),
    ("THOUSANDS TRAPPED IN BANGLADESH FLASH FLOODS", "Reuters", "new", None, "THOUSANDS TRAPPED IN BANGLADESH FLASH FLOODS"),
    ("Lead prices rise", "", "new", None, "Lead prices rise"),
    ("(Lead) Automation Engineer", "", "new", None, "(Lead) Automation Engineer"),
    ("Republicans lead 1st", "", "new", None, "Republicans lead 1st"),
    ("51st lead", "", "new", None, "51st lead"),
    ("(CORRECTED) - BANPONCE <BDEP> PLACES NOTES", "Reuters", "correction", None, "BANPONCE <BDEP> PLACES NOTES"),
    ("<CORRECTED> - GENERAL INSTRUMENT", "Reuters", "correction", None, "GENERAL INSTRUMENT"),
    ("Brug open (2)", "ANP", "update", 2, "Brug open"),
    ("Protest in Brussel (2)", "Belga", "new", None, "Protest in Brussel (2)"),
    ("AMP.- O.Próximo.- Abre el puente", "Europa Press", "update", None, "Abre el puente"),
    ("AMP2.- Abre el puente", "Europa Press", "update", 2, "Abre el puente"),
    ("1st LD-Writethru: Bridge opens", "Xinhua", "update", 1, "Bridge opens"),
    ("1ST LD: Bridge opens", "Kyodo", "update", 1, "Bridge opens"),
    ("Urgent: bridge opens", "Xinhua", "alert", None, "bridge opens"),
    ("Roundup: Bridge opens", "Xinhua", "roundup", None, "Bridge opens"),
    ("EIL: Brücke offen", "dpa", "alert", None, "Brücke offen"),
    ("Eil - Brücke offen", "dpa", "alert", None, "Brücke offen"),
    ("(Eil) Brücke offen", "dpa", "alert", None, "Brücke offen"),
    ("WDH/KORREKTUR: Brücke offen", "dpa-AFX", "correction", None, "Brücke offen"),
    ("ROUNDUP 2: Brücke offen", "dpa-AFX", "roundup", 2, "Brücke offen"),
    ("2. Zusammenfassung: Brücke offen", "dpa", "update", 2, "Brücke offen"),
    ("(2. Zusammenfassung) Brücke offen", "dpa", "update", 2, "Brücke offen"),
    ("Brücke offen (Zusammenfassung)", "dpa", "update", None, "Brücke offen"),
    ("Brücke offen (3. Aktualisierung)", "dpa", "update", 3, "Brücke offen"),
    ("URGENT - Pont ouvert", "AFP", "alert", None, "Pont ouvert"),
    ("ALERTE: Pont ouvert", "AFP", "alert", None, "Pont ouvert"),
    ("عاجل: افتتاح الجسر", "", "alert", None, "افتتاح الجسر"),
    ("(عاجل) افتتاح الجسر", "", "alert", None, "افتتاح الجسر"),
    ("تصحيح - افتتاح الجسر", "", "correction", None, "افتتاح الجسر"),
    ("(속보) 항구 다리 개통", "Yonhap", "alert", None, "항구 다리 개통"),
    ("[2보] 항구 다리 개통", "Yonhap", "update", 2, "항구 다리 개통"),
    ("【速報】港の橋が開通", "Kyodo", "alert", None, "港の橋が開通"),
    ("訂正\uff1a港の橋が開通", "Jiji", "correction", None, "港の橋が開通"),
    ("ADVISORY-Bridge opens", "Reuters", "advisory", None, "Bridge opens"),
    ("Opdatering: Broen åbner", "Ritzau", "new", None, "Opdatering: Broen åbner"),
    ("(Opdatering) Broen åbner", "Ritzau", "update", None, "Broen åbner"),
    ("HAST: Broen åpner", "NTB", "alert", None, "Broen åpner"),
    ("NY: Broen åbner", "Ritzau", "update", None, "Broen åbner"),
    (">>>ANSA/Ponte aperto", "ANSA", "new", None, "Ponte aperto"),
    ("1 POLITICS Brexit", "PA", "new", None, "POLITICS Brexit"),
    ("G20-Leaders meet", "Reuters", "new", None, "G20-Leaders meet"),
    ("COVID19-Cases rise", "Reuters", "new", None, "COVID19-Cases rise"),
    ("Bridge opens - UPDATE", "", "new", None, "Bridge opens - UPDATE"),
    ("Bridge opens (UPDATED)", "", "update", None, "Bridge opens"),
    ("Bridge opens [CORRECTED]", "", "correction", None, "Bridge opens"),
    ("CORRECTED: Bridge opens", "", "correction", None, "Bridge opens"),
    ("CORRECTED : Bridge opens", "", "correction", None, "Bridge opens"),
    ("CORRECTION -- Bridge opens", "", "correction", None, "Bridge opens"),
    ("WATCH: Bridge opens", "", "new", None, "WATCH: Bridge opens"),
    ("LIVE: Bridge opens", "", "new", None, "LIVE: Bridge opens"),
    ("REFILE-CORRECTED-(OFFICIAL)-UPDATE 1-Bridge opens", "Reuters", "correction", 1, "Bridge opens"),
    ("RPT-WRAPUP 2-UPDATE 1-Bridge opens", "Reuters", "repeat", 2, "Bridge opens"),
    ("\uff35\uff32\uff27\uff25\uff2e\uff34\uff1a bridge opens", "Kyodo", "alert", None, "bridge opens"),
]
SLUGS = [
    ("AM-Bird Kill,0264", "AP", "new", None),
    ("PM-Lost Sub,0223", "AP", "new", None),
    ("AP-MI--2nd Right Now", "AP", "new", None),
    ("AM-Rio-Capsize, 3rd Ld-Writethru, a0713,a0740,0691", "AP", "update", 3),
    ("USA-WEATHER/ (UPDATE 1, PIX, CORRECTED)", "Reuters", "correction", 1),
    ("eu-polenUV4", "TT", "update", 4),
    ("Lirian-pont,2elead", "AFP", "update", 2),
    ("Lirian-bridge,3rdlead", "AFP", "update", 3),
    ("Lirian-bridge,WRAP", "AFP", "roundup", None),
    ("Lirian-bridge,FOCUS", "AFP", "new", None),
    ("BC-AP News Coverage Advisory 10:15,ADVISORY", "AP", "advisory", None),
]
NOTES = [
    ("Eds: UPDATES: With AP Photos.", "new", None),
    ("Eds: Cathie in 8th graf is cq", "new", None),
    ("Eds: SUBS 6th graf to CORRECT spelling of name", "correction", None),
    ("Eds: Updates with name of victim. CORRECTS spelling to Porto. No pickup. Adds byline.", "correction", None),
    ("ATTENTION - ADDS quotes ///", "update", None),
    ("ATTENTION \u2013 UPDATES, INCORPORATES Harbor-bridge-opening ///", "update", None),
    ("Med borgmästarens kommentar. Ny rubrik, delvis omskriven ingress.", "update", None),
    ("RECASTS. ADD quotes and details from police.", "update", None),
    ("In the story 'Gulls' sent at: 16/07/2018 15:26 This is a corrected repeat.", "correction", None),
    ("Retransmitting to fix byline.", "refile", None),
    ("Eds: Minor edits.", "refile", None),
    ("(Adds quotes", "update", None),
    ("KILL KILL KILL", "kill", None),
    ("Eds: Holds for tomorrow", "new", None),
    ("ATTN: ADDS quotes", "update", None),
    ("EDS: adds quotes", "update", None),
    ("Editors: Adds quotes.", "update", None),
    ("Note to editors: Adds quotes", "update", None),
    ("Hinweis an die Redaktionen: Zitat ergänzt", "update", None),
    ("Till red: Ny rubrik", "update", None),
    ("Til redaktionen: tilføjer citat", "update", None),
    ("Toimituksille: lisää kommentti", "update", None),
    ("(Eds: Updates with details)", "update", None),
    ("Updates with details; with AP Photos", "update", None),
    ("1st lead: adds comments", "update", 1),
    ("3. Zusammenfassung: Zitate ergänzt", "update", 3),
    ("UPDATES; CORRECTS name", "correction", None),
    ("Corrects dateline", "refile", None),
    ("FIXES typo", "refile", None),
    ("Clarifies 3rd graf", "clarification", None),
    ("REPEATS to all points", "repeat", None),
    ("REPEATING FOR ALL", "repeat", None),
    ("korrigiert Name im 2. Absatz", "correction", None),
    ("Name im 2. Absatz korrigiert", "correction", None),
    ("Corrige le nom au 2e paragraphe", "correction", None),
    ("Corrige nombre en el párrafo 2", "correction", None),
    ("Rättar namn i andra stycket", "correction", None),
    ("RÄTTAR: namn i andra stycket", "correction", None),
    ("إضافة تصريحات للرئيس", "update", None),
    ("Ajoute citations", "update", None),
    ("AJOUTE des réactions ; ACTUALISE le bilan", "update", None),
    ("Añade declaraciones", "update", None),
    ("Aggiunge dichiarazioni", "update", None),
    ("Voegt citaten toe", "update", None),
    ("Embargoed until 10 a.m. Friday", "new", None),
    ("With AP Photos", "new", None),
    ("Also moved on the sports wire", "new", None),
    ("Will be updated", "new", None),
    ("Update to follow", "new", None),
    ("More to come", "new", None),
    ("Stands alone", "new", None),
]
COPY = [
    ("Lirian-Queen/\nKILL KILL KILL ''''' =\nPlease kill item dpa 157 \"Rocket flies\". A substitute story will run.", "dpa", "kill", None),
    ("KILL BILL\n{S}", "", "new", None),
    ("BERICHTIGUNG\nBrücke offen\n{D}", "", "correction", None),
    ("Brücke offen (Berichtigung)\n{D}", "", "correction", None),
    ("(Berichtigung) Brücke offen\n{D}", "", "correction", None),
    ("Brücke offen\n(Berichtigung)\n{D}", "", "correction", None),
    ("REFILE\n1ST LEAD\nBridge opens\n{D}", "", "refile", 1),
    ("3RD NET\n2ND LEAD\nBridge opens\n{D}", "", "update", 2),
    ("EXTRA\nBrücke offen\n{D}", "", "alert", None),
    ("(Achtung)\nImpressum\n{D}", "", "advisory", None),
    ("BC-US--Bridge, 1st Ld-Writethru,1140<\n^Bridge opens<\n^Eds: Restores reference in 3rd graf.<\n{S}", "", "update", 1),
    ("BC-US--Bridge,1stLd-Writethru,1140\nBridge opens\n{S}", "", "update", 1),
    ("BC-US--Bridge, 2d Ld-Writethru,1140\nBridge opens\n{S}", "", "update", 2),
    ("BC-US--Bridge, 4th-writethru,1140\nBridge opens\n{S}", "", "update", 4),
    ("AM-Bridge, CORRECTIVE,200\nBridge opens\n{S}", "", "correction", None),
    ("AM-Bridge, 1st Add,200\nBridge opens\n{S}", "", "update", None),
    ("AM-Bridge, ADVISORY\nBridge opens\n{S}", "", "advisory", None),
    ("URGENT\nBridge opens\n{S}", "", "alert", None),
    ("BULLETIN\nBridge opens\n{S}", "", "alert", None),
    (" date 2023-09-12 (ATTN: ADDS details; RECASTS headline)\nBy Jane Row\n{S}", "", "update", None),
    ("(ATTN: ADDS photo)\n(ATTN: CORRECTS name)\n{S}", "", "correction", None),
    ("{S}\n\n(ATTN: ADDS photo)\n\nThe end came.", "", "new", None),
]


@pytest.mark.parametrize(("title", "provider", "action", "ordinal", "left"), HEADLINES)
def test_headlines(article, title, provider, action, ordinal, left):
    read = article(format="ninjs-3", headline=title, providers=(provider,))
    assert (read.wire.action, read.wire.ordinal, read.headline) == (action, ordinal, left)


@pytest.mark.parametrize(("slug", "provider", "action", "ordinal"), SLUGS)
def test_slugs(article, slug, provider, action, ordinal):
    read = article(format="ninjs-3", headline="Bridge opens", slug=slug, providers=(provider,))
    assert (read.wire.action, read.wire.ordinal) == (action, ordinal)


@pytest.mark.parametrize(("note", "action", "ordinal"), NOTES)
def test_notes(article, note, action, ordinal):
    read = article(format="ninjs-3", headline="Bridge opens", body=ENGLISH, notes=(ItemNote("ednote", note),))
    assert (read.wire.action, read.wire.ordinal) == (action, ordinal)


@pytest.mark.parametrize(("copy", "provider", "action", "ordinal"), COPY)
def test_copy(article, copy, provider, action, ordinal):
    read = article(body=copy.replace("{S}", ENGLISH).replace("{D}", GERMAN), providers=(provider,))
    assert (read.wire.action, read.wire.ordinal) == (action, ordinal)
