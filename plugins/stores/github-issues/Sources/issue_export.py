"""Reads exports: JSON values one behind the other, a line each or not, or within arrays, plain or gzip."""
from __future__ import annotations

import gzip
import json
import zlib
from typing import Any, Iterator, TextIO

from docket_plugin import Malformed

PIECE = 1 << 20  # characters
ELEMENT_LIMIT = 8 << 20
_decode = json.JSONDecoder().raw_decode


def values(path: str) -> Iterator[tuple[Any, int]]:
    """The values of a file and the lines on which they begin; `Malformed` in place of a value that is none.

    Arrays at the top are taken apart. Memory holds one piece of the file, whatever the size of the file."""
    with _opened(path) as file:
        scan = _Scan(file)
        try:
            yield from scan.values()
        except (EOFError, zlib.error, gzip.BadGzipFile):
            yield Malformed("the gzip data is corrupt from here on", scan.line), scan.line


def _opened(path: str) -> TextIO:
    with open(path, "rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    if packed:
        return gzip.open(path, "rt", encoding="utf-8-sig", errors="replace")
    return open(path, encoding="utf-8-sig", errors="replace")


class _Scan:
    """What is read of a file and not yet used, and the line on which that begins."""

    def __init__(self, file: TextIO):
        self.file, self.text, self.at, self.line, self.ended = file, "", 0, 1, False
        self.depth = 0

    def values(self) -> Iterator[tuple[Any, int]]:
        while sign := self._sign():
            if sign == "[" and self.depth == 0:
                self.depth = 1
                self._skip(1)
            elif sign == "]" and self.depth == 1:
                self.depth = 0
                self._skip(1)
            elif sign == ",":
                self._skip(1)
            else:
                line = self.line
                value = self._value()
                yield value, line
                if isinstance(value, Malformed) and not self._recovers():
                    return

    def _sign(self) -> str:
        """The next character that is no white space; empty at the end."""
        while True:
            rest = self.text[self.at:self.at + 4096]
            bare = rest.lstrip(" \t\r\n")
            self._skip(len(rest) - len(bare))
            if bare:
                return bare[0]
            if len(rest) < 4096 and not self._more():
                return ""

    def _value(self) -> Any:
        while True:
            try:
                value, end = _decode(self.text, self.at)
                if end == len(self.text) and self._more():
                    continue  # a number may go on
                self._skip(end - self.at)
                return value
            except RecursionError:
                return Malformed("the record is nested too deeply", self.line)
            except ValueError as error:
                at = getattr(error, "pos", 0)
                cut = at + 64 > len(self.text) or "Unterminated string" in str(error)
                if not cut or len(self.text) - self.at > ELEMENT_LIMIT or not self._more():
                    return Malformed("the record is not JSON", self.line)

    def _recovers(self) -> bool:
        """Goes to the next line that begins an object; within an array nobody knows where the next element is."""
        while self.depth == 0:
            end = self.text.find("\n", self.at)
            if end < 0 and not self._more():
                return False
            self._skip((end if end >= 0 else len(self.text)) + (end >= 0) - self.at)
            if end >= 0 and (self.at < len(self.text) or self._more()) and self.text[self.at] == "{":
                return True
        return False

    def _skip(self, count: int) -> None:
        self.line += self.text.count("\n", self.at, self.at + count)
        self.at += count

    def _more(self) -> bool:
        """Reads on; false at the end."""
        piece = self.file.read(PIECE)
        if piece:
            self.text, self.at = self.text[self.at:] + piece, 0
        return bool(piece)
