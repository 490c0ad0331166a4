"""Who sends on the invented wire, in which languages and formats, and by which habit a sender says that a story goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Habit = Literal["guid", "lead", "label", "update", "tail", "uv"]
"""guid: the same id, the next version. lead: `1st Ld-Writethru` in the keyword line. label: `(2nd LD)` before the headline. update: a new
id, `UPDATE 2-` before the headline, a link to the item it evolved from. tail: a new id, `,2ndlead` behind the slug. uv: a new id that
replaces the last one, `UV2` behind the slug."""
Format = Literal["anpa", "labelled", "scraped", "digitalwires", "tt", "ninjs-1", "ninjs-2", "ninjs-3", "g2"]


@dataclass(frozen=True, slots=True)
class Sender:
    """`key` is the agency's id in `agencies.toml`, or the name of an outlet that is not in it; `guid` the beginning of its ids."""

    key: str
    name: str
    languages: tuple[str, ...]
    format: Format
    habit: Habit = "guid"
    guid: str = ""
    packed: bool = False

    @property
    def outlet(self) -> bool:
        """It sends what others wrote."""
        return not self.guid and self.format not in ("anpa", "labelled")


SENDERS = (
    Sender("ap", "AP", ("en",), "anpa", "lead"),
    Sender("aap", "AAP", ("en",), "ninjs-2", "guid", "tag:aap.com.au,2026:"),
    Sender("yonhap", "Yonhap", ("en", "ko"), "labelled", "label"),
    Sender("reuters", "Reuters", ("en",), "g2", "update", "tag:reuters.com,2026:newsml_"),
    Sender("afp", "AFP", ("fr", "en"), "g2", "tail", "http://doc.afp.com/"),
    Sender("efe", "EFE", ("es",), "g2", "guid", "urn:newsml:efe.com:20260115:"),
    Sender("ansa", "ANSA", ("it",), "g2", "guid", "urn:newsml:ansa.it:20260115:", packed=True),
    Sender("anp", "ANP", ("nl",), "g2", "guid", "tag:anp.nl,2026:"),
    Sender("ats", "Keystone-ATS", ("de", "fr"), "g2", "guid", "urn:newsml:keystone-sda.ch:20260115:"),
    Sender("dpa", "dpa", ("de", "en"), "digitalwires", "guid", "urn:newsml:dpa.com:20090101:260115-99-"),
    Sender("tt", "TT", ("sv",), "tt", "uv", "http://tt.se/media/text/260115-"),
    Sender("pa", "PA", ("en",), "ninjs-1", "guid", "tag:pa.media,2026:"),
    Sender("stt", "STT", ("sv",), "ninjs-1", "guid", "http://stt.fi/ninjs/"),
    Sender("pti", "PTI", ("en",), "ninjs-1", "guid", "tag:ptinews.com,2026:"),
    Sender("kyodo", "Kyodo News", ("en",), "ninjs-2", "guid", "tag:kyodonews.net,2026:"),
    Sender("europapress", "Europa Press", ("es",), "ninjs-2", "guid", "http://europapress.es/n/"),
    Sender("belga", "Belga", ("nl", "fr"), "ninjs-2", "guid", "urn:belga.be:20260115:"),
    Sender("apa", "APA", ("de",), "ninjs-3", "guid", "http://apa.at/news/"),
    Sender("bloomberg", "Bloomberg", ("en",), "ninjs-3", "guid", "tag:bloomberg.com,2026:"),
    Sender("cp", "The Canadian Press", ("en", "fr"), "ninjs-3", "guid", "http://thecanadianpress.com/item/"),
    Sender("bernama", "Bernama", ("en",), "ninjs-3", "guid", "tag:bernama.com,2026:"),
    Sender("tass", "TASS", ("en",), "ninjs-3", "guid", "tag:tass.com,2026:"),
    Sender("anadolu", "Anadolu", ("en",), "ninjs-3", "guid", "tag:aa.com.tr,2026:", packed=True),
)
OUTLETS = (
    Sender("harbour-post", "Harbour Post", ("en",), "scraped"),
    Sender("quayside-daily", "Quayside Daily", ("en",), "ninjs-1"),
    Sender("altenroder-kurier", "Altenroder Kurier", ("de",), "scraped"),
    Sender("gazette-du-lac", "Gazette du Lac", ("fr",), "scraped"),
    Sender("diario-del-valle", "Diario del Valle", ("es",), "ninjs-3"),
    Sender("corriere-di-monteluna", "Corriere di Monteluna", ("it",), "scraped"),
    Sender("norrvikbladet", "Norrvikbladet", ("sv",), "ninjs-1"),
    Sender("havenkrant", "Havenkrant", ("nl",), "scraped"),
    Sender("hansol-ilbo", "Hansol Ilbo", ("ko",), "scraped"),
)
LANGUAGES = {"en": 38, "de": 12, "fr": 14, "es": 10, "it": 6, "sv": 8, "nl": 7, "ko": 5}
"""Share of the events, in hundredths."""
