"""Where the messages of a maildir or an mbox are. Reading changes nothing: no flag, no lock, no move."""
from __future__ import annotations

import hashlib
import os
import re
from typing import Iterator, NamedTuple

SEPARATOR = re.compile(rb"From .*[0-9]{1,2}:[0-9]{2}.*[0-9]{4}")  # RFC 4155: sender and a date
PIECE = 1 << 16


class Location(NamedTuple):
    """A message in its folder."""
    name: str  # of the file; empty in an mbox
    start: int
    end: int
    line: int  # on which it begins in an mbox, from 1
    arrival: int  # grows with each message that arrives


class Maildir:
    """A folder with `new` and `cur` (https://cr.yp.to/proto/maildir.html), one file a message."""

    def __init__(self, path: str):
        self.path = path

    def locations(self) -> Iterator[Location]:
        """In the order of their unique names, which stay when a message is read or marked."""
        names = []
        for part in ("new", "cur"):
            with os.scandir(os.path.join(self.path, part)) as entries:
                names += [f"{part}/{entry.name}" for entry in entries if not entry.name.startswith(".") and entry.is_file()]
        for name in sorted(names, key=lambda each: _in_order(each[4:].partition(":")[0])):
            try:
                status = os.stat(os.path.join(self.path, name))
            except FileNotFoundError:
                continue  # moved meanwhile: the next reading finds it
            yield Location(name, 0, status.st_size, 0, status.st_mtime_ns)

    def read(self, location: Location, size: int) -> bytes:
        """Up to `size` bytes of a message, wherever its file has moved."""
        try:
            return self._read(location.name, size)
        except FileNotFoundError:
            unique = location.name[4:].partition(":")[0]
            for name in os.listdir(os.path.join(self.path, "cur")):
                if name.partition(":")[0] == unique:
                    return self._read(f"cur/{name}", size)
            return b""

    def _read(self, name: str, size: int) -> bytes:
        with open(os.path.join(self.path, name), "rb") as file:
            return file.read(size)

    def watermark(self, newest: int) -> str:
        return str(newest)

    def since(self, watermark: str) -> int:
        """The arrival from which on messages are new: the last instant counts again, for more may have come in it."""
        return int(watermark) - 1 if watermark.isdecimal() else -1


def _in_order(unique: str) -> str:
    """Numbers by their size: in `1795.M95000P7` and `1795.M300000P7` these are microseconds, without zeros before them."""
    return re.sub(r"[0-9]+", lambda number: number[0].zfill(20), unique)


class Mbox:
    """A file with a line that begins with `From ` before each message."""

    def __init__(self, path: str):
        self.path = path
        self.file = open(path, "rb")

    def locations(self) -> Iterator[Location]:
        start, begun, line_number, blank, offset = 0, 1, 0, True, 0
        self.file.close()
        self.file = open(self.path, "rb")  # for another file may have taken its place
        with open(self.path, "rb") as file:
            while line := file.readline(PIECE):
                line_number += 1
                if blank and line.startswith(b"From ") and SEPARATOR.match(line):
                    if offset > start:
                        yield Location("", start, offset, begun, offset)
                    start, begun = offset, line_number
                offset += len(line)
                blank = line in (b"\n", b"\r\n")
                while line[-1:] != b"\n" and (line := file.readline(PIECE)):
                    offset += len(line)
        if offset > start:
            yield Location("", start, offset, begun, offset)

    def read(self, location: Location, size: int) -> bytes:
        """Up to `size` bytes of a message without the line before it, and with `>From ` unescaped."""
        data = os.pread(self.file.fileno(), min(size, location.end - location.start), location.start)
        if data.startswith(b"From "):
            data = data.partition(b"\n")[2]
        return re.sub(rb"(?m)^>(>*From )", rb"\1", data)

    def watermark(self, newest: int) -> str:
        return f"{newest}-{self._digest(newest)}"

    def since(self, watermark: str) -> int:
        """The offset from which on messages are new; -1 where the file is not the one that the watermark speaks of."""
        offset, _, digest = watermark.partition("-")
        return int(offset) if offset.isdecimal() and digest == self._digest(int(offset)) else -1

    def _digest(self, offset: int) -> str:
        """What stands before this offset, in a few letters."""
        with open(self.path, "rb") as file:
            file.seek(max(0, offset - 4096))
            return hashlib.sha256(file.read(min(offset, 4096))).hexdigest()[:16]
