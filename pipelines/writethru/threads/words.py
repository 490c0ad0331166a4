"""Words that tell nothing about an event: function words, the trade's verbs of saying, units of the calendar; and the weekdays."""

from __future__ import annotations

_NAMES = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "de": "montag dienstag mittwoch donnerstag freitag samstag sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "sv": "måndag tisdag onsdag torsdag fredag lördag söndag",
    "sv, the": "måndagen tisdagen onsdagen torsdagen fredagen lördagen söndagen",
    "no, da": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "fi": "maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai",
    "fi, at or since": "maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina",
    "ko, as cut": "월요 화요 수요 목요 금요 토요 일요",
    "ja, as cut": "月曜 火曜 水曜 木曜 金曜 土曜 日曜",
    "zh, as cut": "周一 周二 周三 周四 周五 周六 周日",
    "zh, formal, as cut": "期一 期二 期三 期四 期五 期六 期日",
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
}

WEEKDAYS: dict[str, int] = {name: day for names in _NAMES.values() for day, name in enumerate(names.split(), 1)}
"""Lower-case name -> 1 (Monday) to 7; of Korean, Japanese and Chinese the pair of characters that tells the day. Abbreviations stay out
(`sun`, `sat` and `wed` are words), and so do the Portuguese ordinals."""

_STOP = {
    "en": """a about above after again against ahead all also although am amid among an and any are aren around as at back be because been
        before being below between both but by came can cannot could couldn did didn do does doesn doing don down during each either else
        even ever every few for from further get got had hadn has hasn have haven having he her here hers herself him himself his how
        however if in into is isn it its itself just last like ll made make many may me meanwhile might more most much must my near neither
        never new next no nor not now of off on once one only or other our out over own per put rather re said same say saying says second
        see set several shall she should shouldn since so some still such take than that the their them themselves then there these they
        this those though three through thus time to today together told too took toward two under until up upon us use used ve very via
        was wasn way we well went were weren what when where whether which while who whom whose why will with within without won would
        wouldn yes yesterday yet you your mr mrs ms dr according added earlier late later news reported report reporter day week month year
        days weeks months years hours january february march april june july august september october november december jan feb mar apr
        jun jul aug sep sept oct nov dec""",
    "de": """aber als am an auch auf aus bei bis da damit dann das dass dem den der des die dies diese dieser doch du durch ein eine einem
        einen einer eines er es für gegen habe haben hat hatte ich ihr ihre im in ins ist ja jahr jahre jedoch kann kein keine man mehr mit
        nach nicht noch nur ob oder ohne sagte sei sein seine sich sie sind so soll über um und uns unter vom von vor war waren wegen weil
        wenn werden wie wieder will wird wurde wurden zu zum zur zwei zwischen""",
    "fr": """à ainsi après au aussi autre aux avait avant avec avoir c ce ces cet cette chez comme contre d dans de depuis des deux dit donc
        du elle elles en entre est et été être eux fait faire il ils je jour l la le les leur leurs lui mais même n ne non nos notre nous on
        ont ou où par pas pendant peu plus pour qu quand que qui s sa sans se selon ses si son sont sous sur tous tout toute très un une
        vers vous y""",
    "es": """a al algo ante antes año años aunque bajo como con contra cual cuando de del desde después día días dijo donde dos e el ella
        ellos en entre era es esa ese eso esta este esto está están fue fueron ha había han hasta hay la las le les lo los más mientras muy
        ni no nos o para pero por porque que quien se según ser será si sido sin sobre son su sus también tan tiene todo todos tras un una
        uno y ya""",
    "it": """a ad ai al alla alle anche anni anno che chi ci come con contro da dal dalla degli dei del della delle di dopo due e è ed era
        essere fa fra gli ha hanno i il in la le lo loro ma nei nel nella nelle non o ogni per più poi prima quando quello questa questo se
        secondo si sia sono su sua sue sul sulla suo tra tutti un una uno all dall dell nell sull quest""",
    "pt": """a ao aos as até com como da das de depois disse do dos e ela ele em entre era essa esse esta este está eu foi foram há isso já
        mais mas mesmo muito na nas não no nos o onde os ou para pela pelo por porque quando que quem se segundo sem ser seu sua são também
        tem um uma""",
    "nl": """aan al als bij dan dat de der deze die dit door een en er had heeft hebben het hij hun ik in is jaar kan maar meer met na naar
        niet nog nu of om ook op over te tegen tot uit van veel voor was wat werd wie worden wordt zal ze zei zich zij zijn zo zou""",
    "nordic": """af alle at av bara blev blir bli da de dei dem den det dette der du eg ei ein eit eller en er et ett etter efter fra från
        för for gjer ha han har hade havde her hon hun hva i ikke ikkje inte ja jag jeg kan kom kun man med men mot må nu nå når og också
        och om opp op over på sa sagde säger sade ska skal skulle som så til till under upp ut var ved vi vid vil vill være""",
    "pairs": """요일 하는 했다 한다 있다 있는 에서 으로 까지 부터 습니 니다 이라 라고 밝혔 혔다 曜日 記者 発表
        星期 表示 报道 记者 发表 今日 昨日""",
    "ar": """في من على إلى عن أن ان إن ما لا هذا هذه ذلك التي الذي الذين كان كانت قد قال قالت بعد قبل مع بين حتى عند كل كما لم لن هو هي وقال
        وقالت وفي ومن وأن وقد أو ثم غير خلال حول منذ""",
}  # fmt: skip

STOP: frozenset[str] = frozenset(word for words in _STOP.values() for word in words.split())
