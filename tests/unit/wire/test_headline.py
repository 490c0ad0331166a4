"""What stands before and behind a headline, and what only looks like it."""

from __future__ import annotations

import pytest

NEW = ("new", None)

HEADLINES = [
    # headline, providers, (action, ordinal), what is left
    ("(2nd LD) Harbor bridge reopens", (), ("update", 2), "Harbor bridge reopens"),
    ("(LEAD) Harbor bridge reopens", (), ("update", 1), "Harbor bridge reopens"),
    ("\uff08\uff2c\uff25\uff21\uff24\uff09 Harbor bridge reopens", (), ("update", 1), "Harbor bridge reopens"),
    ("(LEAD) (Regatta) Rowers win", ("Yonhap",), ("update", 1), "Rowers win"),
    ("(URGENT) Ferry sinks", (), ("alert", None), "Ferry sinks"),
    ("(Avance) Norvania vota", ("EFE",), ("alert", None), "Norvania vota"),
    ("(News Focus) The price of rice", (), NEW, "The price of rice"),
    ("(\uc885\ud569) \ub2e4\ub9ac \uac1c\ud1b5", (), ("roundup", None), "\ub2e4\ub9ac \uac1c\ud1b5"),
    ("UPDATE 1-Bridge reopens; ferry stops", (), ("update", 1), "Bridge reopens; ferry stops"),
    ("UPDATE 10 - Bridge reopens", (), ("update", 10), "Bridge reopens"),
    ("ATUALIZA 1-Ponte reabre", (), ("update", 1), "Ponte reabre"),
    ("WRAPUP 2-Bridges reopen", (), ("roundup", 2), "Bridges reopen"),
    ("RPT-CORRECTED-UPDATE 2-GLOBAL MARKETS-Stocks slip", ("Reuters",), ("correction", 2), "Stocks slip"),
    ("REFILE-UPDATE 1-Bridge reopens", (), ("refile", 1), "Bridge reopens"),
    ("RPT - BRIDGE REOPENS", (), ("repeat", None), "BRIDGE REOPENS"),
    ("(RPT) BRIDGE REOPENS", (), ("repeat", None), "BRIDGE REOPENS"),
    ("(CORRECTED) - BRIDGE CORP <BRC> PLACES NOTES", (), ("correction", None), "BRIDGE CORP <BRC> PLACES NOTES"),
    ("<CORRECTED> - BRIDGE CORP", (), ("correction", None), "BRIDGE CORP"),
    ("CORRECTED (OFFICIAL)-Bridge reopens", (), ("correction", None), "Bridge reopens"),
    ("OFFICIAL-CORRECTED-Bridge reopens", (), ("correction", None), "Bridge reopens"),
    ("Corrected: Bridge reopens", (), ("correction", None), "Bridge reopens"),
    (
        "CORRECTED-Opening delayed to 1000 GMT (NOT 1200 GMT)-official",
        (),
        ("correction", None),
        "Opening delayed to 1000 GMT (NOT 1200 GMT)-official",
    ),
    ("CORRECTED - BRIDGE CORP RAISES TOLL (CORRECTS TO SHOW ANNUAL TOLL)", (), ("correction", None), "BRIDGE CORP RAISES TOLL"),
    ("INTERVIEW-Olympics-Rower hopes for gold", (), NEW, "Rower hopes for gold"),
    ("Factbox: Bridges of the bay", (), NEW, "Bridges of the bay"),
    ("AMP.- O.Lejano.- Reabre el puente", (), ("update", None), "Reabre el puente"),
    (">>>ANSA/Bridge reopens", (), NEW, "Bridge reopens"),
    ("Brug weer open (2)", ("ANP",), ("update", 2), "Brug weer open"),
    ("Brug weer open (2)", ("Belga",), NEW, "Brug weer open (2)"),
    ("Bridge Corp Posts Record Profit -- Update", (), ("update", None), "Bridge Corp Posts Record Profit"),
    ("Bridge Corp Posts Record Profit -- 2nd Update", (), ("update", 2), "Bridge Corp Posts Record Profit"),
    ("1st LD-Writethru: Bridge reopens", (), ("update", 1), "Bridge reopens"),
    ("Update: Bridge reopens", ("Xinhua",), ("update", None), "Bridge reopens"),
    ("UPDATE1: Bridge reopens", ("Kyodo",), ("update", 1), "Bridge reopens"),
    ("FLASH HARBOR TOWN HOGS UP 1.00 DLR", ("Reuters",), ("alert", None), "HARBOR TOWN HOGS UP 1.00 DLR"),
    ("******BRIDGE REOPENS", (), ("alert", None), "BRIDGE REOPENS"),
    ("MIDCAP-Bridge Corp most expensive", ("Reuters",), NEW, "Bridge Corp most expensive"),
    ("Harbor bridge reopens =", (), NEW, "Harbor bridge reopens"),
    ("WITHDRAWAL: Bridge reopens", ("Reuters",), ("kill", None), "Bridge reopens"),
    ("STORY WITHDRAWN-Bridge reopens", (), ("kill", None), "Bridge reopens"),
    ("KILL KILL KILL", (), ("kill", None), ""),
    ("HOLD HOLD HOLD", (), ("withhold", None), ""),
]

NO_MARKS = [
    "UPDATE: Acme Corp Announces Q3 Results",
    "USDA TO UPDATE WINTER WHEAT ACREAGE TOMORROW",
    "DAIWA TO SUPPLY MARKET UPDATE",
    "Norfolk Weather and Tide Updates",
    "CORRECTIONS <CCAX.O> SEEKS 1,000 PRISON BEDS",
    "TOKYO STOCKS SEEN HEADING FOR POSSIBLE CORRECTION",
    "REPUBLICBANK <RPT> DEBT DOWNGRADED",
    "45 KILLED, 185 HURT IN CHINESE FACTORY BLAST",
    "EAST EUROPE WHEAT WINTERKILL",
    "HONG KONG EXTRADITION BILL WITHDRAWN",
    "TOY STORY WITHDRAWN FROM CINEMAS",
    "THOUSANDS TRAPPED IN BANGLADESH FLASH FLOODS",
    "FLASH FLOODS HIT VALLEY",
    "Lead prices rise",
    "lead cancer drug NEV-801",
    "(Lead) Automation Engineer",
    "Republicans lead 1st",
    "51st lead",
    "2nd lead jet pT",
    "UK-EU talks go on",
    "GM-PSA steering committee meets",
    "Anti-euro party scents blood",
    "OFFICIAL: Bridge reopens",
    "(attn: nn.Module, x_norm)",
    "Kill Bill returns to cinemas",
    "Minister to kill bridge plan",
]


@pytest.mark.parametrize(("headline", "providers", "verdict", "left"), HEADLINES, ids=[row[0] for row in HEADLINES])
def test_marks_are_split_from_the_headline(article, headline, providers, verdict, left):
    read = article(headline=headline, providers=providers, format="ninjs-3", body="Copy.")
    assert (read.wire.action, read.wire.ordinal) == verdict
    assert read.headline == left
    if left and left != headline:
        assert read.article["headlines"][1]["role"] == "raw"


@pytest.mark.parametrize("headline", NO_MARKS)
@pytest.mark.parametrize("providers", [(), ("Reuters",), ("AP",)])
def test_words_of_the_headline_are_no_marks(article, headline, providers):
    read = article(headline=headline, providers=providers, format="ninjs-3", body="Copy.")
    assert (read.wire.action, read.wire.ordinal, read.headline) == ("new", None, headline)


def test_genres_and_desks_are_labels_not_versions(article):
    read = article(headline="UPDATE 2-INTERVIEW-Rower hopes for gold", providers=("Reuters",), format="ninjs-3")
    assert read.article["genres"] == [{"name": "Interview"}]
    assert (read.wire.ordinal, read.wire.complete) == (2, True)
    assert [item.rule for item in read.wire.evidence if item.field == "headline"] == ["headline_tag", "genre"]


def test_update_and_wrapup_count_separately(article):
    read = article(headline="WRAPUP 3-Bridges reopen", slug="BRIDGES/ (UPDATE 1)", providers=("Reuters",), format="newsml-g2")
    assert (read.wire.ordinals.wrapup, read.wire.ordinals.update, read.wire.action) == (3, 1, "roundup")


@pytest.mark.parametrize(
    ("title", "slug", "action"),
    [
        ("UPDATE 0-Bridge opens", "", "update"),
        ("CORRECTED-UPDATE 0-Bridge opens", "", "correction"),
        ("WRAPUP 0-Bridge opens", "", "roundup"),
        ("(UPDATE 0) Bridge opens", "", "update"),
        ("Bridge opens", "BRIDGE/ (UPDATE 0)", "update"),
        ("Bridge opens", "BRIDGE/ (WRAPUP 0, PIX)", "roundup"),
    ],
)
def test_nought_is_no_number(article, title, slug, action):
    read = article(format="ninjs-3", headline=title, slug=slug, providers=("Reuters",))
    assert (read.wire.action, read.wire.ordinal, read.headline) == (action, None, "Bridge opens")
    assert (read.wire.ordinals.update, read.wire.ordinals.wrapup) == (None, None)


@pytest.mark.parametrize(("title", "provider"), [("AVANCE: Sube la cifra", "Xinhua"), ("AVANCE.- Sube la cifra", "Europa Press")])
def test_an_avance_before_a_sign_tells_what_is_known_by_now(article, title, provider):
    read = article(format="ninjs-3", headline=title, providers=(provider,))
    assert (read.wire.action, read.headline) == ("update", "Sube la cifra")


@pytest.mark.parametrize(
    "word",
    """Correctie|Correction|Corrección|Correzione|Correção|Rectificatif |Rectificatif|Rectificación|Rättelse|Rettelse|Oikaisu|Berichtigung|
    Rectificatie|Korrigering|Korreksjon|Gecorrigeerd|Corregido|Corrigida|Rättad|Corrected|Fe de errores|Errata corrige|Korrektur|Korrektion|
    Oikaisu """.replace("\n    ", "").split("|"),
)
def test_a_correction_s_head_in_title_case(article, word):
    read = article(format="ninjs-3", headline=f"{word}: Ponte reaberta")
    assert (read.wire.action, read.headline) == ("correction", "Ponte reaberta")


@pytest.mark.parametrize(
    "title",
    [
        "Korjaus: Silta suljetaan",
        "Rettet: Zehn Menschen",
        "Répétition: l'orchestre joue",
        "Errata: Ein Roman",
        "Wiederholung: Wahl",
        "Correctie: AEX verliest",
        "Korrektur: Anleger flüchten",
        "Corrección: el precio del oro cede",
    ],
)
def test_words_of_another_meaning_are_none_in_title_case(article, title):
    read = article(format="ninjs-3", headline=title)
    assert (read.wire.action, read.headline) == ("new", title)


@pytest.mark.parametrize(
    ("title", "provider", "action", "ordinal", "left"),
    [
        ("CORRECTED/UPDATE 2-Bridge opens", "Reuters", "correction", 2, "Bridge opens"),
        ("BREAKING: Bridge falls", "AP", "alert", None, "Bridge falls"),
        ("تحديث 2- رئيس الوزراء يفتتح الجسر", "Reuters", "update", 2, "رئيس الوزراء يفتتح الجسر"),
        ("Ponte riaperto (RPT CORRETTO)", "ANSA", "correction", None, "Ponte riaperto"),
        ("Ponte reaberta - ATUALIZADA", "Lusa", "update", None, "Ponte reaberta"),
        ("NY: Broen er åpen", "NTB", "update", None, "Broen er åpen"),
        ("Ny versjon: Broen er åpen", "NTB", "update", None, "Broen er åpen"),
    ],
)
def test_marks_of_their_own(article, title, provider, action, ordinal, left):
    read = article(format="ninjs-3", headline=title, providers=(provider,))
    assert (read.wire.action, read.wire.ordinal, read.headline) == (action, ordinal, left)


@pytest.mark.parametrize(
    "title",
    [
        "BREAKING BAD: Review of a film",
        "Breaking: bridge club loses again",
        "CORRECTED/PRINTED maps of the harbor",
        "NY: Governor opens bridge",
        "تحديث 2030 رؤية الميناء",
        "Ponte ATUALIZADA",
    ],
)
def test_what_resembles_them_is_none(article, title):
    read = article(format="ninjs-3", headline=title, providers=("AP",))
    assert (read.wire.action, read.headline) == ("new", title)
