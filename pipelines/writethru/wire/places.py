"""Cities that stand alone in datelines, and words in capitals that are no places."""

from __future__ import annotations

STAND_ALONE = frozenset(
    city.strip()
    for city in (
        "abidjan, abu dhabi, abuja, accra, addis ababa, aden, ahmedabad, aleppo, algiers, almaty, amman, amsterdam, ankara, antananarivo, "
        "ashgabat, asmara, astana, asuncion, athens, atlanta, auckland, baghdad, baku, baltimore, bamako, bangalore, bangkok, bangui, "
        "barcelona, basel, beijing, beirut, belfast, belgrade, bengaluru, berlin, bern, bilbao, birmingham, bishkek, bissau, bogota, "
        "bogotá, bonn, boston, brasilia, bratislava, brazzaville, brisbane, brussels, bruxelles, bucharest, budapest, buenos aires, "
        "bujumbura, busan, cairo, calgary, canberra, cape town, caracas, cardiff, casablanca, chennai, chicago, chisinau, cincinnati, "
        "cleveland, colombo, conakry, copenhagen, dakar, dallas, damascus, dar es salaam, darwin, davos, delhi, denver, detroit, dhaka, "
        "dili, djibouti, doha, donetsk, dresden, dubai, dublin, durban, dushanbe, düsseldorf, edinburgh, edmonton, frankfurt, freetown, "
        "gaborone, gaza, gaza city, geneva, genf, genève, glasgow, guangzhou, guatemala city, hamburg, hanoi, harare, havana, helsinki, "
        "ho chi minh city, hong kong, honolulu, houston, hyderabad, indianapolis, islamabad, istanbul, jakarta, jeddah, jerusalem, "
        "johannesburg, juba, kabul, kampala, kandahar, karachi, kathmandu, kharkiv, khartoum, kherson, kiev, kigali, kingston, kinshasa, "
        "kolkata, köln, kuala lumpur, kuwait, kuwait city, kyiv, kyoto, la paz, lagos, lahore, las vegas, leipzig, libreville, lilongwe, "
        "lima, lisboa, lisbon, ljubljana, lome, london, londres, los angeles, luanda, lucknow, lusaka, luxembourg, lviv, lyon, macau, "
        "madrid, male, managua, manama, manchester, manila, maputo, marseille, mariupol, maseru, mecca, melbourne, mexico city, miami, "
        "milan, milano, milwaukee, minneapolis, minsk, mogadishu, monaco, monrovia, monterrey, montevideo, montreal, montréal, moscow, "
        "moskau, mumbai, munich, münchen, muscat, mosul, nagoya, nairobi, naples, nashville, nassau, ndjamena, new delhi, new orleans, "
        "new york, niamey, nicosia, nouakchott, odesa, odessa, oklahoma city, osaka, oslo, ottawa, ouagadougou, panama city, "
        "paramaribo, paris, perth, peshawar, philadelphia, phnom penh, phoenix, pittsburgh, podgorica, port-au-prince, port moresby, "
        "porto, "
        "prague, praia, pretoria, pristina, pyongyang, quebec, quito, rabat, ramallah, rangoon, rawalpindi, reykjavik, riga, "
        "rio de janeiro, riyadh, rom, roma, rome, rotterdam, salt lake city, san antonio, san diego, san francisco, san jose, san juan, "
        "san salvador, sanaa, santiago, santo domingo, sao paulo, são paulo, sapporo, sarajevo, seattle, seoul, seville, shanghai, "
        "shenzhen, singapore, skopje, sofia, srinagar, st. louis, st. petersburg, stockholm, strasbourg, stuttgart, suva, sydney, taipei, "
        "tallinn, tashkent, tbilisi, tegucigalpa, tehran, tel aviv, the hague, den haag, thimphu, tianjin, tirana, tokyo, toronto, "
        "toulouse, tripoli, tunis, turin, ulaanbaatar, ulan bator, united nations, vaduz, valencia, valletta, vancouver, vatican city, "
        "venice, vienna, vientiane, vilnius, vladivostok, warsaw, washington, wellington, wien, windhoek, winnipeg, wuhan, yangon, "
        "yaounde, yerevan, yokohama, zagreb, zurich, zürich"
    ).split(",")
)
"""Lower case: capitals of states and the cities that agencies' style books let stand without a state or country. The evidence that
`Pyongyang: North Korean leader` opens with a place and `Analysis: North Korean leader` does not."""

NOT_PLACES = frozenset({"ASEAN", "BREAKING", "BRICS", "CORRECTION", "COVID", "EXCLUSIVE", "FACTBOX", "HAMAS", "IBM", "INTERPOL", "ISIS",
                        "NASA", "NATO", "NEWS", "OPEC", "OPEC+", "UEFA", "UNESCO", "UNHCR", "UNICEF", "UPDATE", "USAID",
                        "WATCH"})  # fmt: skip
"""Words in capitals that open a sentence or a headline before a dash."""
