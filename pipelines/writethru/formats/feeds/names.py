"""The namespaces of feeds and of their modules, each in the spellings that are met."""

from __future__ import annotations

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
RESOURCE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"
RSS = (
    "",
    "{http://purl.org/rss/1.0/}",
    "{http://my.netscape.com/rdf/simple/0.9/}",
    "{http://channel.netscape.com/rdf/simple/0.9/}",
    "{http://backend.userland.com/rss2}",
    "{http://backend.userland.com/RSS2}",
    "{http://blogs.law.harvard.edu/tech/rss}",
)
ATOM = ("{http://www.w3.org/2005/Atom}", "{http://purl.org/atom/ns#}")
DC = ("{http://purl.org/dc/elements/1.1/}", "{http://purl.org/dc/elements/1.0/}")
TERMS = ("{http://purl.org/dc/terms/}",)
CONTENT = ("{http://purl.org/rss/1.0/modules/content/}",)
XHTML = ("{http://www.w3.org/1999/xhtml}",)
LICENSE = (
    "{http://backend.userland.com/creativeCommonsRssModule}",
    "{http://cyber.law.harvard.edu/rss/creativeCommonsRssModule.html}",
    "{http://creativecommons.org/ns#}",
    "{http://web.resource.org/cc/}",
)
PRISM = tuple(
    f"{{http://prismstandard.org/namespaces/{version}/}}" for version in ("1.2/basic", "basic/1.2", "basic/2.0", "basic/2.1", "basic/3.0")
)
THREAD = ("{http://purl.org/syndication/thread/1.0}",)
GEORSS = ("{http://www.georss.org/georss}", "{http://www.georss.org/georss/10}")
GEO = ("{http://www.w3.org/2003/01/geo/wgs84_pos#}",)
ITUNES = ("{http://www.itunes.com/dtds/podcast-1.0.dtd}", "{http://www.itunes.com/DTDs/PodCast-1.0.dtd}")
FEEDBURNER = ("{http://rssnamespace.org/feedburner/ext/1.0}",)
