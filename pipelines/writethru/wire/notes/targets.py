"""What the clauses of notes are about: headline, lead, byline, photos, quotes …"""

from __future__ import annotations

_TARGETS: dict[str, str] = {
    "headline": "headline headlines hed heds rubrik rubriken överskrift titel überschrift schlagzeile titre titular título titolo kop "
    "tittel overskrift otsikko otsikkoa otsikon otsikossa العنوان 제목 제목과",
    "lead": "lead leads lede ledes intro ingress ingressen einstieg vorspann leadsatz chapô chapeau attaque entradilla entrada attacco "
    "aanhef ingressi ingressiä ingressin kärki المقدمة 리드",
    "throughout": "throughout thruout durchgehend intégralement genomgående gjennomgående gennemgående kauttaaltaan doorlopend",
    "byline": "byline bylines autorenzeile",
    "dateline": "dateline datelines",
    "slug": "slug slugline",
    "photo": "photo photos laserphoto laserphotos picture pictures pix bild bilder foto fotos fotografía fotografie fotografias kuva kuvat "
    "kuvia صور صورة 사진",
    "video": "video videos vidéo vidéos vídeo vídeos فيديو 영상",
    "graphic": "graphic graphics grafik grafiken infographie gráfico grafico grafiek 그래픽",
    "quotes": "quote quotes comment comments reax reaction reactions remarks zitat zitate "
    "stellungnahme stellungnahmen kommentar kommentare kommentarer kommentaarit "
    "reaktion reaktionen reaktioner reaksjon reaksjoner citation citations déclaration déclarations réaction réactions commentaire "
    "commentaires cita citas declaración declaraciones reacción reacciones comentario comentarios citazione citazioni dichiarazioni "
    "commento commenti reazioni citaat citaten reactie reacties citat citater sitat sitater sitaatti sitaatteja kommentti kommentteja "
    "citação citações declarações reação reações تصريح تصريحات 발언 반응",
    "details": "detail details info information précision précisions "
    "einzelheiten détail détails precisiones detalle detalles dettagli dettaglio bijzonderheden "
    "detaljer detaljerna detalhe detalhes yksityiskohtia lisätietoja تفاصيل 내용 상세내용",
    "background": "background context hintergrund contexte contexto antecedentes contesto achtergrond bakgrund bakgrunn baggrund taustaa "
    "taustat خلفية 배경",
    "contribution": "contribution",
    "prices": "prices",
    "style": "style",
    "spelling": "spelling schreibweise orthographe ortografía ortografia stavning stavefejl stavefeil skrivfel tippfehler tippefeil "
    "coquille refuso spelfout kirjoitusvirhe kirjoitusasu typo typos",
    "name": "name names namen nom noms nombre nome nomi naam namn namnet navn navnet nimi nimen اسم الاسم 이름",
    "score": "score scores",
    "table": "table tables tabelle tabellen tableau tabla tabella tabel tabell taulukko tabela",
    "trims": "trims",
}
MEDIA = frozenset({"photo", "video", "graphic"})
_TARGET_OF = {form: target for target, forms in _TARGETS.items() for form in forms.split()}


def targets(words: list[str]) -> tuple[str, ...]:
    """What the words of a clause, in small letters, are about, in the order printed: the keys of the table above."""
    found = [_TARGET_OF[word] for word in words if word in _TARGET_OF]
    return tuple(dict.fromkeys(found)) if found else ()
