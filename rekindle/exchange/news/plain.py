"""Makes one line of plain text out of whatever a source sends: no markup, nothing that hides, a summary that ends well.

Pure: nothing it is given is ever loaded, followed or executed.
"""

import re
from typing import Any

#: Characters a summary has at most: two or three sentences.
SUMMARY = 300
#: A sentence that ends before this says too little; then it is cut at a word.
_ENOUGH = 60
# What no reader sees and what turns the line around: controls, soft hyphens, zero-width marks, direction overrides,
# lone surrogates, tags. Joiners and direction marks stay: names are written with them.
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2060-\u2064\u202a-\u202e\u2066-\u206f\ufeff\ufff0-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
#: In XML, and so in lxml, these cannot stand at all.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
#: What is no text of the page, or none that anybody reads before opening it.
_UNREAD = re.compile(
    "script|style|template|noscript|iframe|object|embed|applet|svg|math|canvas|audio|video|head|title"
    "|select|textarea|button|form"
)
_INLINE = re.compile(
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|img|ins|kbd|mark|q|s|samp|small|span"
    "|strike|strong|sub|sup|tt|u|var|wbr"
)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE)
#: What blogs add below each text, and what says that there is more; the letter has the link anyway.
_TRAILERS = re.compile(
    r"\s*(?:The post .{1,300} (?:first )?appeared (?:first )?on .{1,300}"
    r"|Der Beitrag .{1,300} erschien zuerst auf .{1,300}"
    r"|(?:Continue reading|Read more|Read the rest|Weiterlesen|Mehr lesen)\b[^.!?]{0,120}"
    r"|\[\s*(?:…|\.\.\.)\s*\])\.?\s*[→»›…]*\s*$"
)
_END = re.compile(r"[.!?…][\"'”’“‘»)\]]*(?=\s+\S)|[。！？][」』”]*")
_ABBREVIATION = re.compile(
    "dr|mr|ms|mrs|st|nr|no|ca|jr|sr|vs|fr|hr|bzw|usw|etc|inkl|vgl|evtl|resp|approx|prof|inc|ltd", re.IGNORECASE
)


def one_line(text: str) -> str:
    """Return what a reader sees of plain text, on one line."""
    return " ".join(_HIDDEN.sub("", text).split())


def text_of(html: str) -> str:
    """Return the text of a piece of HTML on one line, however hostile: no script, no image, nothing hidden."""
    from lxml import etree  # noqa: PLC0415 - it is slow to load, and few commands read HTML
    from lxml.html import document_fromstring  # noqa: PLC0415

    try:
        tree = document_fromstring(f"<div>{_NOT_XML.sub(' ', html)}</div>")
    except (etree.ParserError, etree.XMLSyntaxError):
        return ""
    etree.strip_elements(tree, etree.Comment, etree.ProcessingInstruction, etree.Entity, with_tail=False)
    for element in [each for each in tree.iter() if _is_unseen(each)]:
        element.clear(keep_tail=True)
    pieces: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        # What is a block of its own stands apart from what is before and after it.
        apart = "" if _INLINE.fullmatch(element.tag) else " "
        pieces += (apart, element.text or "") if event == "start" else (apart, element.tail or "")
    return one_line("".join(pieces))


def _is_unseen(element: Any) -> bool:
    hidden = "hidden" in element.attrib or _UNSEEN.search(element.get("style", ""))
    return bool(hidden or _UNREAD.fullmatch(element.tag))


def short(text: str, most: int = SUMMARY) -> str:
    """Return the beginning of a line, at most `most` characters, ended with a sentence or else at a word with `…`."""
    text = _TRAILERS.sub("", text).strip()
    if len(text) <= most:
        return text
    ends = [end.end() for end in _END.finditer(text, 0, most + 2) if end.end() <= most and _is_end(text, end.start())]
    if ends and ends[-1] >= min(_ENOUGH, most // 2):
        return text[: ends[-1]]
    return cut(text, most)


def cut(text: str, most: int) -> str:
    """Return at most `most` characters, cut at a word where there is one."""
    if len(text) <= most:
        return text
    head, space, _ = text[:most].rpartition(" ")
    return f"{(head if space and len(head) > most // 2 else text[: most - 1]).rstrip(' ,;:-–')}…"


def _is_end(text: str, at: int) -> bool:
    """Say whether a full stop ends a sentence: none after "z. B.", "Dr." or "approx."."""
    if text[at] != ".":
        return True
    following = text[at + 1 :].lstrip("\"'”’»)] ")[:1]
    word = re.split(r"[^\w]", text[max(0, at - 20) : at])[-1]
    return not following.islower() and len(word) > 1 and not _ABBREVIATION.fullmatch(word)
