"""A version of a story as plain text: the AP's keyword lines, Yonhap's labels, a page that was scraped."""

from __future__ import annotations

from tests.wireload.filed import ORDINALS, Copy


def anpa(copy: Copy) -> str:
    slug = f"BC-US--{copy.slug}"
    trailer = f"AP-WF-{copy.created:%m-%d-%y %H%M}GMT"
    if copy.kind == "kill":
        return (
            f"{slug}, BULLETIN KILL,55\n   BULLETIN KILL\n   The story slugged {slug} has been killed. It rests on a document that was "
            f"not genuine.\n   A kill is mandatory. Make certain the story is not published.\n   The AP\n{trailer}\n"
        )
    first, *rest = copy.paragraphs
    words = sum(len(paragraph.split()) for paragraph in copy.paragraphs)
    if copy.kind == "alert":
        return f"{slug}, URGENT,{words}\n{copy.headline}\n   {copy.place.upper()} (AP) _ {first}\n{trailer}\n"
    if copy.kind == "take":
        lines = "\n".join(f"   {paragraph}" for paragraph in copy.paragraphs)
        return f"{slug}, 1st Add,{words}\n{copy.place.upper()}: more details.\n{lines}\n{trailer}\n"
    lead = f", {ORDINALS[copy.ordinal]} Ld-Writethru" if copy.ordinal else ""
    note = f"Eds: {copy.note}. With AP Photos.\n" if copy.note else ""
    return (
        f"{slug}{lead},{words}\n{copy.headline}\n{note}By {copy.reporter.upper()}\nAssociated Press\n"
        f"   {copy.place.upper()} (AP) _ {first}\n" + "\n".join(f"   {paragraph}" for paragraph in rest) + f"\n{trailer}\n"
    )


def labelled(copy: Copy) -> str:
    korean = copy.language == "ko"
    label = ""
    if copy.kind == "alert":
        label = "(속보) " if korean else "(URGENT) "
    elif copy.kind == "correction" and not korean:
        label = "(CORRECTED) "
    elif copy.ordinal:
        wrap, lead = "(종합) " if copy.ordinal == 1 else f"(종합{copy.ordinal}보) ", f"({ORDINALS[copy.ordinal]} LD) "
        label = wrap if korean else "(LEAD) " if copy.ordinal == 1 else lead
    note = f"(ATTN: {copy.note})\n" if copy.note and not korean else ""
    byline = f"By {copy.reporter}\n" if not korean else ""
    first, *rest = copy.paragraphs
    date = f", {copy.created:%b}. {copy.created.day}" if not korean else ""
    signature = "연합뉴스" if korean else "Yonhap"
    lines = "\n".join((f"{copy.place if korean else copy.place.upper()}{date} ({signature}) -- {first}", *rest))
    return f"{label}{copy.headline}\n{note}{byline}{lines}\n(END)\n"


def scraped(copy: Copy) -> str:
    return f" date {copy.created:%Y-%m-%d} {copy.headline}\n\n" + "\n\n".join(copy.paragraphs) + "\n"
