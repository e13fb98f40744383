"""Text that would be more if it could: printer commands, markup, formulas, forged lines, turned words."""

from html.parser import HTMLParser

from hypothesis import strategies as st

TAG = "hostile"
"""No page of ours knows this element, nor an attribute that begins with on."""
PIECES = (
    "张三", "A001", " ", "·", "\ue863", "𠮷", "é",
    "\x1b@", "\x1bp\x00\x19\xfa", "\x1dV\x00", "\x1c.", "\x00", "\x10\x04\x01",
    "\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08", "\x85", "\x9b31m", "\x1b[2J",
    f"<{TAG} onload=alert(1)>", f'"><{TAG} x="', f"' onmouseover='{TAG}()", f"</script><{TAG}>",
    "&lt;b&gt;", "{{7*7}}", "]]>", "<b>", "<img src=x onerror=1>", "<a href='javascript:x'>",
    "=1+1", '=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1",
    "\r\n", "\n", "\nBEGIN:VALARM\nEND:VALARM", "\r\nATTENDEE:mailto:x", ";X=1:",
    "\n2026-11-23 09:30:00,000 INFO hall: all is well",
    "\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\u2028", "\u3164", "\u0301",
)  # fmt: skip


def texts(longest: int = 12) -> st.SearchStrategy[str]:
    """Any of it in any order, between characters of all kinds."""
    piece = st.one_of(st.sampled_from(PIECES), st.characters(codec="utf-8"))
    return st.lists(piece, min_size=1, max_size=longest).map("".join)


class Markup(HTMLParser):
    """Whether a page holds an element, or an attribute, that came out of a text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [tag] if tag == TAG else []
        self.found += [f"{tag} {name}" for name, _ in attrs if name.startswith("on") or TAG in name]
        links = [value or "" for name, value in attrs if name in ("href", "src", "action")]
        self.found += [f"{tag} {link}" for link in links if link.strip().lower().startswith("javascript:")]


def markup_in(page: str) -> list[str]:
    """What of a page is markup that a text brought."""
    parser = Markup()
    parser.feed(page)
    parser.close()
    return parser.found
