"""Headlines that hold a mark's word and no mark. A mark seen where there is none is worse than one missed; a kill is the worst."""

from __future__ import annotations

import pytest

ENGLISH = """\
UPDATE: Harbor Holdings Announces Third-Quarter Results
UPDATE: Board of Harbor Holdings Declares Dividend
BOARD TO UPDATE WHEAT ACREAGE TOMORROW
HARBOR CORP TO SUPPLY MARKET UPDATE
Lirian Weather and Tide Updates
Updates planned for harbor bridge
Update your phone, minister says
Software update leaves trams standing
Update on the state of the harbor
UPDATE ON TALKS EXPECTED, MINISTER SAYS
Corrections officer wins lottery
CORRECTIONS CORP <CRCX.O> SEEKS 900 PRISON BEDS
STOCKS SEEN HEADING FOR POSSIBLE CORRECTION
Correction in house prices frightens owners
CORRECTION COMING IN HOUSE PRICES, BANK SAYS
Corrected vision helps pilots land
Corrected figures show a smaller deficit
CORRECTED FIGURES SHOW SMALLER DEFICIT, BANK SAYS
CORRECTIVE ACTION URGED ON PENSIONS
Corrective lenses may cut crashes
HARBORBANK <RPT> DEBT DOWNGRADED
RPT HOLDINGS NAMES NEW CHAIRMAN
Repeat offender bill passes first reading
REPEAT-OFFENDER LAW STRUCK DOWN
Repeat of last year's drought is feared
REPEAT WIN FOR HARBOR ROWERS
12 KILLED, 30 HURT IN PAPER MILL BLAST
KILLED IN ACTION: THE NAMES OF THE FALLEN
Kill the bill, crowd shouts at minister
KILL BILL RETURNS TO CINEMAS
KILL SWITCH ORDERED FOR ALL FERRIES
Kill-switch rule for ferries takes effect
BIRD KILL PUZZLES WARDENS
EAST LIRIAN WHEAT WINTERKILL
Fish kill closes harbor beaches
Mercy killing trial opens
Buzzkill: rain stops the regatta
Roadkill cookbook sells out
Overkill, says judge of tank at road block
KILLER WHALE SEEN IN HARBOR
Licence to kill: the trade in poisons
Minister vows to kill bridge plan
LIRIAN EXTRADITION BILL WITHDRAWN
Withdrawal of troops from base is delayed
WITHDRAWAL SYMPTOMS: WHAT SMOKERS FACE
WITHDRAWAL-SYMPTOM DRUG WINS APPROVAL
TOY STORY WITHDRAWN FROM CINEMAS
Drug withdrawn after deaths of two children
WITHDRAWN DRUG TO RETURN, MAKER SAYS
CASH WITHDRAWAL LIMIT RAISED
Withdrawn nomination leaves court a judge short
THE STORY WITHDRAWN BY ITS AUTHOR
FLASH FLOODS HIT VALLEY
FLASH-FLOODS HIT VALLEY
FLASH FLOOD KILLS FOUR
THOUSANDS TRAPPED BY FLASH FLOODS
FLASH FIRE GUTS MILL
FLASH MEMORY PRICES RISE
FLASH-MEMORY PRICES RISE
Flash crash cost funds a fifth, inquiry finds
Flash sale empties harbor shops
FLASH GORDON RETURNS TO THE STAGE
News flash: nothing happened
A flash in the pan for Harbor Town
FLASH POINT: THE ISLAND THAT TWO STATES WANT
URGENT CARE CLINICS CLOSE
URGENT-CARE CLINICS CLOSE
Urgent call for blood donors
URGENT APPEAL FOR BLOOD DONORS
URGENT ACTION NEEDED ON DROUGHT, BOARD SAYS
Alert driver saves pupils
ALERT LEVEL RAISED AT VOLCANO
ALERT-LEVEL RAISED AT VOLCANO
AMBER ALERT ENDS AS CHILD IS FOUND
Alert: how sirens changed a town
HEALTH ALERT OVER OYSTERS
Bulletin board thefts solved
BULLETIN OF ATOMIC SCIENTISTS MOVES CLOCK
BULLETIN-BOARD SHARES SOAR
Snap election called for March
SNAP ELECTION CALLED FOR MARCH
SNAP-ON INC <SNA.N> RAISES DIVIDEND
SNAP INC SHARES FALL
Cold snap breaks pipes in Milltown
EXTRA TRAINS FOR REGATTA
EXTRA-TIME GOAL SINKS ROVERS
Extra police sent to harbor
Advisory board wants new bridge
ADVISORY PANEL BACKS DRUG
ADVISORY-PANEL VOTE BACKS DRUG
TRAVEL ADVISORY ISSUED FOR LIRIAN
Diary of a ferryman wins prize
DIARY FOUND IN ATTIC NAMES SPY
OFFICIAL: Bridge reopens
OFFICIAL: Rovers sign goalkeeper
OFFICIAL-LANGUAGE BILL PASSED
Official correction to census expected in May
Lead prices rise
LEAD PRICES RISE ON STRIKE
Lead: the metal that poisoned a town
LEAD-FREE PIPES ORDERED FOR SCHOOLS
LEAD POISONING CASES DOUBLE
(Lead) Automation Engineer
Rovers lead 1st
Republicans lead 2nd district
2nd lead changes hands in regatta
2nd lead jet pT
51st lead
3rd lead singer quits band
1ST LEAD-FREE PIPE LAID
1st lead guitarist of the band dies
Take 2: the film that would not end
TAKE TWO FOR HARBOR TOWN'S MAYOR
Take 5: five things to know
2 Takes on one trial
1st Add-on module reaches station
1ST NET-ZERO HOME OPENS
2nd NET profit fall in a row for Harbor Corp
Sub lost off Lirian
SUB CREW RESCUED
Sub standard: the flats that fell down
INSERT COIN: ARCADES RETURN
Insert recall widens
Hold on to your hats, forecasters say
HOLD THE FRONT PAGE, A PLAY, OPENS
HOLD ON BRIDGE FUNDS LIFTED
Hold fire, generals tell troops
Holds on nominees released
RELEASE OF HOSTAGES EXPECTED
Release the river, farmers demand
RELEASE DATE SET FOR FERRY FILM
Press release costs mayor his job
WRAPUP OF TALKS LIKELY BY FRIDAY
Wrap party ends in police cells
WRAP IT UP: PAPER MAKERS FACE TAX
Under wraps: the bridge that nobody saw
ROUNDUP OF STRAY HORSES BEGINS
ROUNDUP WEEDKILLER BAN UPHELD
Roundup maker must pay gardener
Clarification sought on fishing line
CLARIFICATION OF TAX RULE SOUGHT
REFILED SUIT ACCUSES HARBOR CORP
Refile your tax by May, office says
EMBARGO ON ARMS EXTENDED
Embargoed goods seized at harbor
EMBARGOED OIL FOUND ON TANKER
Breaking bread with the enemy
PIX FESTIVAL OPENS
GM-PSA steering committee meets
UK-EU talks go on
US-CHINA TRADE TALKS RESUME
ANTI-EURO PARTY SCENTS BLOOD
X-RAY MACHINES RECALLED
T-BILL YIELDS FALL
E-MAIL SCAM HITS PENSIONERS
A-LEVEL RESULTS RISE
TABLE-TENNIS TITLE FOR LIRIAN
TEXT-MESSAGE TAX PROPOSED
MEDIA-SHY BILLIONAIRE SELLS YACHT
POLL-TAX RIOT REMEMBERED
FOCUS-GROUP RESULTS LEAK
FEATURE-LENGTH CARTOON OPENS
BRIEF-CASE LEFT ON FERRY
COLUMN-INCHES: A PAPER COUNTS ITS CRITICS
Protest in Harbor Town (2)
Bridge reopens (Reuters)
Bridge reopens (Xinhua) (1)
Rovers 3, Wanderers 1 (3)
The bridge (part 2)
Bridge reopens (video)
Bridge reopens (VIDEO)
A bridge too far (review)
Panel opens way for price correction
Bank expects a correction - if not this year
Mayor's plan: fix it, then sell it
What next - update or scrap?
(Not) for sale: a lighthouse
(In)justice: a trial in Lirian
[sic] transit: the tram that lost its way
<HBR.N> FALLS 3 PCT
* Bridge reopens
1 DEAD AFTER FERRY FIRE
3 KILLED AS TRAM LEAVES RAILS
10 THINGS TO KNOW FOR FRIDAY
1st bridge over the strait opens
2ND BRIDGE OVER STRAIT OPENS
4th of July parade cancelled
20th update of code since 1990 adopted
AP Photo of the year is shown
Harbor Corp Corrects Course After Loss
Mayor Repeats Promise
Company Updates Outlook
Adds 200 jobs: mill grows again
ADDS UP: WHY SUMS FAIL PUPILS
Cancelled: the regatta nobody wanted
CANCELED FLIGHTS STRAND 900
Deleted files return to haunt minister
Eliminated: Rovers leave the cup
Disregard for rules sank ferry, inquiry says
DISREGARD FOR RULES SANK FERRY"""

OTHERS = {
    "de": """\
Korrektur am Aktienmarkt erwartet
Korrektur: Dax fällt zurück
Kurskorrektur in der Klimapolitik gefordert
Die Berichtigung des Grundbuchs dauert
Wiederholung der Wahl in zwei Bezirken
Wiederholung ausgeschlossen, sagt der Trainer
Eilantrag gegen Brückenbau gescheitert
Eile mit Weile: Der Hafen wird später fertig
Aktualisierung der Software legt Bahn lahm
Zusammenfassung der Debatte gibt es im Netz
Achtung Wildwechsel: Mehr Unfälle im Herbst
Achtung, fertig, los: Die Regatta beginnt
Extra-Züge zum Hafenfest
EXTRA-Züge zum Hafenfest
2. Lead-Gitarrist verlässt Band
Meldung zurückgezogen: Gericht rügt Amt
Gesetzentwurf zurückgezogen
Sperrfrist für Schulbau läuft aus
Blei im Trinkwasser: Zwei Schulen betroffen
Drei Tote bei Brand auf Fähre
Neue Überschrift für ein altes Stück
Update für den Hafen: Neue Kräne kommen""",
    "fr": """\
Correction des marchés attendue à l'automne
Rectification des frontières, un vieux débat
Urgent besoin de médecins dans le port
Urgence à l'hôpital du port
Alerte aux crues dans la vallée
Alerte: les crues menacent la vallée
Alerte rouge pour les ports du nord
ALERTE ROUGE POUR LES PORTS DU NORD
ALERTE-ENLEVEMENT LEVEE, L'ENFANT RETROUVE
Répétition générale avant la régate
Répétition: la troupe attend son théâtre
Précision horlogère pour le nouveau pont
Précision: le maire n'ira pas
Mise à jour du cadastre, les élus protestent
Lead du championnat perdu par le port
Annulée, la régate fait des mécontents
Dépêche annulée, ou comment une loi meurt
Flash mob au marché aux poissons
L'OMS alerte sur une épidémie
OMS: l'épidémie recule""",
    "es": """\
Corrección a la baja en las bolsas
Corrección: las bolsas pierden un 3%
Urgente llamada a donar sangre
URGENTE LLAMADA A DONAR SANGRE
Alerta por lluvias en la costa
ALERTA ROJA POR LLUVIAS EN LA COSTA
ALERTA: LLUVIAS EN LA COSTA
Actualización de pensiones, en el aire
ACTUALIZACIÓN DE PENSIONES, EN EL AIRE
Ampliación del puerto, aprobada
AMPLIACIÓN DEL PUERTO, APROBADA
Avance en las conversaciones de paz
Avance: las claves del día
Repetición de las elecciones en dos distritos
Anulada la regata por el viento
Noticia anulada por un juez
Fe de vida de un pueblo perdido
OMS - La epidemia retrocede en la costa
OMS: la epidemia retrocede
Rectificación del alcalde sobre el puente
Resumen: lo que pasó en el puerto""",
    "it": """\
Correzione dei mercati in arrivo
Correzione: le borse perdono il 3%
Urgente appello ai donatori di sangue
Rettifica dei confini, vecchio dibattito
Ripetizione delle elezioni in due distretti
Ripetizioni private, il fisco indaga
Aggiornamento del catasto, proteste
Aggiornamenti dal porto
Riepilogo delle puntate precedenti
Annullata la regata per vento
Annullare la gara? Il ministro dice no
Flash mob al mercato del pesce
Errata la stima dei danni
Piombo nell'acqua, due scuole chiuse
OMS: l'epidemia arretra""",
    "nl": """\
Correctie op beurzen verwacht
Correctie: beurs verliest 3 procent
Herhaling van verkiezingen in twee wijken
Update van software legt trams stil
Update: zo staat het met de haven
Rectificatie van grenzen is oud debat
Ingetrokken wet keert terug
Bericht ingetrokken door minister
Spoed gevraagd bij bouw van brug
Spoedzitting over haven
Extra treinen naar de regatta
Protest in Havenstad (2)
Vervangt de minister haar staatssecretaris?
Kop eraf: het jaar begint""",
    "sv": """\
Rättelse i lagen dröjer
Rättelse krävs av nämnden
Korrigering väntas på börsen
Repetition inför regattan
Uppdatering av program stoppar spårvagnar
Utvidgad hamn får klartecken
Förtydligande krävs av ministern
Ny bro över sundet invigd
Extra tåg till regattan
Flash: en film om hamnen
Telegrammet återkallas aldrig, säger veteranen
UV-strålning ökar i norr
Bly i vattnet i två skolor""",
    "no": """\
Rettelse av loven lar vente på seg
Retten: Mannen må betale
Rettet mot havnen
Oppdatering stopper trikken
Gjentakelse av valget i to bydeler
Haster med ny bru
Hastevedtak om havnen
Presisering fra statsråden
Ny bru over sundet åpnet
Nytt havneanlegg vedtatt
Oppsummering: dette skjedde i havnen
Meldingen trekkes i tvil""",
    "da": """\
Rettelse af loven trækker ud
Retter fra havets køkken
Opdatering lammer sporvogne
Gentagelse af valget i to kredse
Ny bro over sundet indviet
NY BRO OVER SUNDET INDVIET
Ny: Den bro venter vi på
Haster det med broen?
Ekstra tog til regattaen
Præcisering fra ministeren
Korrektion på aktiemarkedet ventes""",
    "fi": """\
Oikaisu verotukseen viipyy
Korjaus: silta suljetaan yöksi
Korjaus vie vuosia, sanoo kaupunki
Päivitys pysäytti raitiovaunut
Toisto kyllästyttää katsojia
Uusinta ratkaisee loppuottelun
Tarkennus tulossa lakiin
Kiire painaa sillan rakentajia
Uusi silta avattiin salmen yli
Täydennetty laki voimaan
Lyijyä kahden koulun vedessä""",
    "pt": """\
Correção nas bolsas à vista
Correção: bolsas perdem 3%
Urgente apelo a dadores de sangue
Alerta de chuva no litoral
ALERTA DE CHUVA NO LITORAL
ALERTA: CHUVA NO LITORAL
Atualização de pensões adiada
ATUALIZAÇÃO DE PENSÕES ADIADA
Atualiza-se o cadastro do porto
Repetição das eleições em dois distritos
Errata a conta do ministro
Anulada a regata por causa do vento
Notícia anulada por juiz
OMS: epidemia recua
OMS - Epidemia recua no litoral
Esclarecimento do ministro sobre a ponte""",
    "ar": """\
تصحيح مسار المفاوضات يحتاج إلى وقت
تحديث شبكة القطارات يبدأ الأحد
إعادة فتح الجسر بعد عشر سنوات
إعادة الانتخابات في دائرتين
إلغاء سباق الزوارق بسبب الرياح
تنبيه من أمطار غزيرة في الساحل
توضيح الوزير لا يقنع المعارضة
اجتماع عاجل لمجلس المدينة
إضافة قطارات إلى خط الميناء""",
    "ko": """\
다리 10년 만에 개통
종합병원 파업 이틀째
종합운동장 지붕 붕괴
속보 경쟁이 부른 오보
정정당당한 승부 다짐
수정안 본회의 통과
긴급 수송 작전 시작
재송신료 협상 타결
고침 없는 원고로 유명한 작가
추가 합의 없이 회담 종료
취소된 경기 다시 열린다""",
    "ja": """\
橋が十年ぶりに開通
訂正申告の受け付け始まる
速報値を上方修正
更新手続きに長い列
再送電は夜の見通し""",
}

HEADLINES = ENGLISH.splitlines() + [line for lines in OTHERS.values() for line in lines.splitlines()]
COPY = "The harbor bridge reopened on Tuesday after ten years, the mayor told the council of the town at noon. " * 4


def test_there_are_many_and_no_two_alike():
    assert len(HEADLINES) >= 300
    assert len(set(HEADLINES)) == len(HEADLINES)


@pytest.mark.parametrize("provider", ["", "Reuters", "AP", "AFP", "Yonhap", "TT", "ANP", "Lusa", "Harbour Post"])
@pytest.mark.parametrize("empty", [False, True], ids=["with copy", "without"])
def test_no_mark_is_seen_in_them(article, provider, empty):
    counted = {"Protest in Harbor Town (2)", "Rovers 3, Wanderers 1 (3)", "Protest in Havenstad (2)"} if provider == "ANP" else set()
    read = {
        line: article(headline=line, providers=(provider,) if provider else (), format="ninjs-3", body="" if empty else COPY)
        for line in HEADLINES
        if line not in counted
    }
    assert [line for line, one in read.items() if (one.wire.action, one.wire.ordinal, one.wire.complete) != ("new", None, None)] == []


@pytest.mark.parametrize(
    "provider", ["", "Reuters", "AP", "dpa", "Xinhua", "Kyodo", "Dow Jones", "Europa Press", "ANSA", "Ritzau", "NTB", "STT"]
)
def test_no_kill_is_seen_in_them(article, provider):
    read = {line: article(headline=line, providers=(provider,) if provider else (), format="ninjs-3", body="") for line in HEADLINES}
    assert [line for line, one in read.items() if one.wire.action in ("kill", "withhold")] == []


@pytest.mark.parametrize("place", ["slug", "body"])
def test_no_mark_is_seen_in_them_elsewhere(article, place):
    """As a slug, and as the first line of plain copy."""
    read = {
        line: article(slug=line, headline="A bridge", body=COPY, format="ninjs-3") if place == "slug" else article(body=f"{line}\n\n{COPY}")
        for line in HEADLINES
    }
    assert [line for line, one in read.items() if one.wire.action != "new"] == []
