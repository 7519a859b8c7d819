"""What a message says: its subject, date, sender, text and attachments, whatever its charsets and encodings."""
from __future__ import annotations

import binascii
import datetime
import email.errors
import email.header
import email.message
import email.parser
import email.policy
import email.utils
import functools
import hashlib
import html
import re
from typing import Any, Iterator

_parse = email.parser.BytesParser(policy=email.policy.compat32).parsebytes
_parse_header = email.parser.BytesHeaderParser(policy=email.policy.compat32).parsebytes
VALUE_LIMIT = 20_000  # characters of a header
RICH_LIMIT = 2 << 20  # characters of HTML
CHINESE = ("gb2312", "gbk", "gb18030", "x-gbk", "cp936", "gb_2312-80", "euc-cn", "936")
LINES = ("address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "footer", "form", "h1", "h2", "h3",
         "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul")
UNSEEN = ("script", "style", "template", "title")


class Unreadable(Exception):
    """What is no message. Its text has nothing of the content."""


class Header:
    """The header of a message."""

    def __init__(self, data: bytes):
        """Raises `Unreadable` where there is none."""
        head = re.split(rb"\r?\n\r?\n", data, maxsplit=1)[0]
        self.values: dict[str, str] = {}  # the first one of each name, as it is written, as far as anybody would write it
        for key, value in _parse_header(head).raw_items():
            self.values.setdefault(key.lower(), str(value)[:VALUE_LIMIT])
        if not self.values:
            raise Unreadable("the message is empty" if not data.strip() else "the message has no header")
        self.identity = (self.ids("message-id") or [f"sha256-{hashlib.sha256(head).hexdigest()[:32]}"])[0]

    @functools.cached_property
    def subject(self) -> str:
        return self.text("subject")

    def text(self, name: str) -> str:
        """A header as people read it (RFC 2047), on one line; empty where there is none."""
        return decoded(self.values.get(name, ""))

    def ids(self, name: str) -> list[str]:
        """The ids of messages in a header (RFC 5322, section 3.6.4)."""
        value = _unfolded(self.values.get(name, ""))
        return re.findall(r"<([^<>\s]+)>", value) or ([value] if value and " " not in value else [])

    @functools.cached_property
    def sender(self) -> tuple[str, str]:
        """The name, which may be empty, and the address in small letters."""
        name, address = email.utils.parseaddr(_unfolded(self.values.get("from", "")))
        return decoded(name), decoded(address).lower()

    @property
    def is_automatic(self) -> bool:
        """Whether a machine answered (RFC 3834)."""
        return self.text("auto-submitted").lower() not in ("", "no")

    def date(self, zone: datetime.tzinfo) -> datetime.datetime | None:
        """When it was sent, or else when the last server received it. A date without a zone is one of `zone`."""
        for text in (self.text("date"), self.text("received").rpartition(";")[2]):
            try:
                date = email.utils.parsedate_to_datetime(text)
                date = date if date.tzinfo else date.replace(tzinfo=zone)
                date.astimezone(datetime.timezone.utc)
                return date
            except (TypeError, ValueError, IndexError, OverflowError):
                continue
        return None


def content(data: bytes, limit: int) -> tuple[str, list[str]]:
    """The text, of at most `limit` characters, and the names of the attachments."""
    plain, rich, names = [], [], []
    for part in _leaves(_parse(data)):
        kind, name = part.get_content_type(), _file_name(part)
        if name or part.get_content_disposition() == "attachment" or part.get_content_maintype() == "message":
            names.append(name or kind)
        elif kind == "text/plain":
            plain.append(_text(part))
        elif kind == "text/html":
            rich.append(_text(part))
        elif part.get_content_maintype() != "multipart":
            names.append(kind)
    text = "\n".join(plain).strip() or "\n".join(_stripped(each) for each in rich).strip()
    text = re.sub(r"\r\n?", "\n", text).replace("\0", "")
    return text if len(text) <= limit else text[:limit - 1].rstrip() + "…", names


def decoded(value: str) -> str:
    """Encoded words (RFC 2047), and bytes that nobody declared, as text on one line."""
    value = _unfolded(value)
    if value.isascii() and "=?" not in value:
        return re.sub(r"[\s\0]+", " ", value).strip()
    try:
        parts = email.header.decode_header(value)
    except (email.errors.HeaderParseError, binascii.Error, ValueError):
        parts = [(value, None)]
    text = "".join(part if isinstance(part, str) and part.isascii() else _characters(part, charset) for part, charset in parts)
    return re.sub(r"[\s\0]+", " ", text).strip()


def _unfolded(value: str) -> str:
    return re.sub(r"\r?\n[ \t]?", " ", value) if "\n" in value else value


def _characters(data: Any, charset: str | None) -> str:
    """Decodes with the charset, or where that fails with those that are usual; never fails."""
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogateescape")
    named = (charset or "").lower().strip("\"' ")
    named = "gb18030" if named in CHINESE else named
    for attempt in (named, "utf-8", "gb18030"):
        try:
            return data.decode(attempt) if attempt and attempt not in ("unknown-8bit", "us-ascii") else data.decode("ascii")
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return data.decode("utf-8", "replace")


def _leaves(message: email.message.Message) -> list[email.message.Message]:
    """The parts that hold something; a message within the message is one of them, and is not opened."""
    leaves, waiting = [], [message]
    while waiting:
        part = waiting.pop()
        if part.get_content_maintype() == "multipart" and isinstance(part.get_payload(), list):
            waiting += reversed(part.get_payload())
        else:
            leaves.append(part)
    return leaves


def _file_name(part: email.message.Message) -> str:
    """The name of an attachment (RFC 2231, or RFC 2047 as many write it), without folders."""
    try:
        name = part.get_filename("")
    except (LookupError, UnicodeError, ValueError):
        return "unnamed"
    return re.split(r"[/\\]", decoded(name))[-1].strip()


def _text(part: email.message.Message) -> str:
    payload = part.get_payload(decode=True)
    charset = part.get_param("charset")
    charset = charset[2] if isinstance(charset, tuple) else charset
    return _characters(payload if isinstance(payload, bytes) else b"", charset if isinstance(charset, str) else None)


def _stripped(rich: str) -> str:
    """The text of HTML, a line where a block begins or ends. Takes linear time whatever stands there, which Python's own
    parser does not."""
    pieces = []
    for text, tag in _tokens(rich):
        pieces.append(re.sub(r"\s+", " ", html.unescape(text)))
        if tag.lstrip("/") in LINES:
            pieces.append("\n")
    lines = [line.strip() for line in "".join(pieces).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def _tokens(rich: str) -> Iterator[tuple[str, str]]:
    """Pieces of text, each with the name of the tag behind it, in small letters and with its slash; empty for none."""
    rich = rich[:RICH_LIMIT]
    small, at = rich.lower(), 0
    while True:
        begin = rich.find("<", at)
        if begin < 0:
            break
        name = re.match(r"/?[a-z][a-z0-9]*|!--|[!?]", small[begin + 1:begin + 20])
        if not name:  # a sign that stands for itself
            yield rich[at:begin + 1], ""
            at = begin + 1
            continue
        yield rich[at:begin], name[0]
        closing = {"!--": "-->", **{each: f"</{each}" for each in UNSEEN}}.get(name[0])
        end = small.find(closing, begin) if closing else begin
        at = small.find(">", end) + 1 if end >= 0 else 0
        if not at:  # nobody closes it
            return
    yield rich[at:], ""
