"""The store `mailbox`: one message, one submission; the replies to it are its history."""
from __future__ import annotations

import datetime
import os
import pathlib
import re
import sys
import zoneinfo
from typing import Any, Iterator

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "python"))
from docket_plugin import Malformed, PluginError, Settings, Store, serve  # noqa: E402
from conversations import Conversations, Note  # noqa: E402
from mail_folders import SEPARATOR, Location, Maildir, Mbox  # noqa: E402
from message_reading import Header, Unreadable, content  # noqa: E402

HEADER_LIMIT = 1 << 18  # bytes of a message in which its header must end
MESSAGE_LIMIT = 32 << 20  # bytes of a message
FIELDS = {
    "title": "subject", "description": "text", "submitted_at": "date", "contact.name": "contact",
    "attachments": "attachments", "acknowledged_at": "acknowledged_at", "responded_at": "responded_at",
    "last_message_at": "last_message_at"}
PARTS = (*dict.fromkeys(FIELDS.values()), "message_id", "replies")
CONSTANTS = {"source": "email", "status": "submitted"}


class MailboxStore(Store):
    name = "mailbox"
    version = "1.0.0"
    capabilities = ["incremental"]

    def open(self, settings: Settings) -> None:
        path = settings["path"]
        if not os.path.exists(path):
            raise settings.wrong("path", "is not there")
        self.folder: Any = Maildir(path) if os.path.isdir(path) else Mbox(path)
        if os.path.isdir(path) and not all(os.path.isdir(os.path.join(path, part)) for part in ("new", "cur")):
            raise settings.wrong("path", "is a folder, but no maildir", "name the folder that holds 'new' and 'cur'")
        self.source = os.path.basename(os.path.abspath(path))
        self.replies = settings.get("replies", "history")
        self.contact = settings.get("contact", "masked")
        self.masked = settings.get("masked_contact", "Requester*")
        self.description_limit = settings.get("description_limit", 20_000)
        self.constants = settings.get("constants", CONSTANTS)
        self.fields = {key: part for key, part in {**FIELDS, **settings.get("fields", {})}.items() if part}
        for key, part in self.fields.items():
            if part not in PARTS:
                raise PluginError("config", f"'{part}' is no part of a message", f"/fields/{key}",
                                  "write one of " + ", ".join(PARTS))
        try:
            self.number = re.compile(settings.get("number_pattern", r"(?<![0-9])[0-9]{6}-[0-9]{3,}(?![0-9])"))
        except re.error:
            raise settings.wrong("number_pattern", "is no regular expression") from None
        try:
            self.zone = zoneinfo.ZoneInfo(settings.get("time_zone", "UTC"))
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            raise settings.wrong("time_zone", "is not the name of a time zone", "write one such as Asia/Shanghai") from None

    def check(self) -> list[dict]:
        if isinstance(self.folder, Mbox):
            with open(self.folder.path, "rb") as file:
                if not SEPARATOR.match(file.readline(1024) or b"From - 0:00 1970"):
                    return [{"message": "the file does not begin as an mbox does", "pointer": "/path",
                             "hint": "an mbox begins with a line 'From sender date'"}]
        return []

    def describe(self) -> list[dict]:
        instants = ("date", "acknowledged_at", "responded_at", "last_message_at")
        kinds = {"attachments": "list", "replies": "integer", **dict.fromkeys(instants, "instant")}
        return [{"name": "id", "type": "string"},
                *({"name": key, "type": kinds.get(part, "string")} for key, part in self.fields.items()),
                *({"name": key, "type": "string"} for key in self.constants)]

    def tickets(self, since: str | None) -> Iterator:
        """Reads all headers to know what belongs together, then the messages that begin a conversation."""
        begin = self.folder.since(since) if since else -1
        conversations, newest = Conversations(), 0
        for count, location in enumerate(self.folder.locations()):
            newest = max(newest, location.arrival)
            try:
                header = self._header(location)
                conversations.add(location, header.date(self.zone), header.identity, self._related(header))
            except Exception as error:  # whatever is wrong with a message, the others are read
                if location.arrival > begin:
                    yield _malformed(error, location)
            if count % 1000 == 999:
                self.progress()
        for notes in conversations.in_order():
            if any(note.location.arrival > begin for note in notes):
                try:
                    yield self._ticket(notes)
                except Exception as error:
                    yield _malformed(error, notes[0].location)
        return self.folder.watermark(newest)

    def _header(self, location: Location) -> Header:
        data = self.folder.read(location, 1 << 15)
        return Header(data if b"\n\n" in data or b"\n\r\n" in data else self.folder.read(location, HEADER_LIMIT))

    def _related(self, header: Header) -> list[str]:
        """What makes a message part of a conversation: the messages that it names, and the ticket in its subject."""
        if self.replies == "tickets":
            return []
        references, number = header.ids("references"), self.number.search(header.subject)
        return [*header.ids("in-reply-to")[:1], *references[:1], *references[-1:], *([f"#{number[0]}"] if number else [])]

    def _ticket(self, notes: list[Note]) -> dict:
        data = self.folder.read(notes[0].location, MESSAGE_LIMIT + 1)
        if len(data) > MESSAGE_LIMIT:
            raise Unreadable(f"the message exceeds {MESSAGE_LIMIT} bytes")
        first, date = Header(data), notes[0].date
        text, attachments = content(data, self.description_limit)
        name, address = first.sender
        contact = {"masked": self.masked, "plain": name or address, "none": None}[self.contact]
        parts = {"subject": first.subject, "text": text, "date": date and date.isoformat(), "contact": contact,
                 "attachments": attachments, "message_id": first.identity}
        fields = self._fields(parts)
        history = [{"at": parts["date"], "by": self._by(first, first), "set": _nested(fields)}] if date else []
        number = self.number.search(first.subject)
        for note in notes[1:] if self.replies == "history" else []:
            reply = self._header(note.location)
            number = number or self.number.search(reply.subject)
            self._note_reply(reply, note.date, first, parts)
            now = self._fields(parts)
            changes = {key: value for key, value in now.items() if fields.get(key) != value}
            if changes and note.date:
                history.append({"at": note.date.isoformat(), "by": self._by(reply, first), "set": _nested(changes)})
            fields = now
        is_reply = self.replies == "tickets" and bool(first.ids("in-reply-to") or first.ids("references"))
        return {"id": number[0] if number and not is_reply else first.identity, **_nested(fields), "history": history}

    def _note_reply(self, reply: Header, date: datetime.datetime | None, first: Header, parts: dict[str, Any]) -> None:
        """What a reply changes: a machine's answer is the receipt, the first one of another person the response."""
        if reply.is_automatic and reply.sender[1] == first.sender[1]:
            return
        at = date and date.isoformat()
        parts["replies"] = parts.get("replies", 0) + 1
        parts["last_message_at"] = at
        if reply.is_automatic:
            parts["acknowledged_at"] = parts.get("acknowledged_at") or at
        elif reply.sender[1] != first.sender[1]:
            parts["responded_at"] = parts.get("responded_at") or at

    def _fields(self, parts: dict[str, Any]) -> dict[str, Any]:
        fields = {key: parts.get(part) for key, part in self.fields.items()}
        return {**self.constants, **{key: value for key, value in fields.items() if value not in (None, "", [])}}

    def _by(self, header: Header, first: Header) -> str:
        if self.contact == "plain":
            return header.sender[1]
        return "requester" if header.sender[1] == first.sender[1] else "team"


def _malformed(error: Exception, location: Location) -> Malformed:
    """Without the message's content, which says more of people than a report may."""
    what = str(error) if isinstance(error, Unreadable) else f"the message cannot be read ({type(error).__name__})"
    return Malformed(f"{what}: {location.name}" if location.name else what, location.line)


def _nested(fields: dict[str, Any]) -> dict:
    """`contact.name` is `name` within `contact`."""
    result: dict = {}
    for key, value in fields.items():
        *path, last = key.split(".")
        inner = result
        for part in path:
            inner = inner.setdefault(part, {})
        inner[last] = value
    return result


serve(MailboxStore)
