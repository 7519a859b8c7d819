"""Docket plugins in Python: subclass `Store` or `Notifier`, and end the file with `serve(YourClass)`.

This module speaks the protocol, one JSON-RPC 2.0 object a line over stdin and stdout. It needs Python 3.9 or later and
nothing else, on Linux or macOS. Print and log to stderr freely: stdout is moved out of the reach of a stray `print`.
"""
from __future__ import annotations

import itertools
import json
import os
import queue
import signal
import sys
import threading
import time
import traceback
import zlib
from typing import Any, Iterator, NamedTuple

DAY = 86_400_000  # milliseconds
LINE_LIMIT = 8 << 20  # bytes of one line
PAGE_LIMIT = 7 << 20  # bytes of a page's tickets: the rest of the line is for what else the page says
WORDS = {str: "a text", int: "a whole number", dict: "an object", (str,): "a list of texts", (dict,): "a list of objects"}
_decode = json.JSONDecoder(parse_constant=int).decode  # int refuses NaN, which is no JSON
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


class PluginError(Exception):
    """What a plugin raises. The kind decides what the engine does: `config` and `auth` stop and tell the user,
    `rate-limited` and `transient` are tried again, `permanent` skips the item, `internal` is a fault of the plugin.

    `pointer` points into the configuration, such as `/path`. No secrets and no names of persons in the texts."""

    def __init__(self, kind: str, message: str, pointer: str | None = None, hint: str | None = None,
                 retry_after_ms: int | None = None, code: int = -32000, **more: Any):
        super().__init__(message)
        self.kind, self.retry_after_ms, self.code = kind, retry_after_ms, code
        self.data = _some(kind=kind, pointer=pointer, hint=hint, retryAfterMs=retry_after_ms, **more)


class Interrupted(BaseException):
    """Raised within the plugin's code when its request is cancelled or late, or the host is gone. Let it pass."""


class Settings(dict):
    """The settings of an instance, secrets among them. The host has checked them against the manifest's `config`."""

    def wrong(self, key: str, problem: str, hint: str | None = None) -> PluginError:
        """What to raise for a setting that is wrong in a way that the manifest cannot say."""
        return PluginError("config", f"'{key}' {problem}", "/" + key.replace("~", "~0").replace("/", "~1"), hint)


class RawTicket(NamedTuple):
    """A ticket that is JSON already, and where it came from. It is passed on as it is, faster than a dict."""
    json: bytes  # one JSON object
    line: int = 0  # on which it begins, from 1
    version: str = ""  # for stores that keep decisions


class Malformed(NamedTuple):
    """A record that cannot become a ticket. It is reported, and the rest is still read."""
    message: str
    line: int = 0


class Plugin:
    name = "unnamed"  # that of the plugin's folder
    version = "0.0.0"
    role = ""
    capabilities: list[str] = []
    session: Session

    def open(self, settings: Settings) -> None:
        """Called once, before all else."""

    def check(self) -> list[dict]:
        """Problems, `{message, pointer?, hint?}` each. Has no side effects."""
        return []

    def close(self) -> None:
        """Called at the end; half a second is left."""

    def progress(self) -> None:
        """Call this now and then where one request takes longer than half a minute."""
        self.session.send({"method": "$/progress", "params": {"id": self.session.running}})


class Store(Plugin):
    """Supplies tickets: write `tickets`, or `page` where a cursor can be found faster than by skipping."""
    role = "store"
    id_field = "id"
    source = ""  # the file or address that the tickets come from, for messages
    vouches = False  # whether its `RawTicket`s are JSON for certain, so that none need be looked at: twice as fast
    _reading: tuple = (None, None, 0, iter(()))  # the reading in hand: its `since`, its cursor, a checksum, what comes next

    def tickets(self, since: str | None) -> Iterator:
        """Yields dicts, `RawTicket`s and `Malformed`s, in the same order each time, and returns the watermark if any.

        `since` is the watermark of an earlier reading: what has not changed after it may be left out."""
        raise NotImplementedError

    def page(self, cursor: str | None, since: str | None, limit: int) -> tuple[list, str | None, str | None]:
        """At most `limit` items behind the cursor, `PAGE_LIMIT` bytes in all; then the next cursor or, on the last page,
        none and the watermark."""
        at, known = _place(cursor)
        (begun, place, checksum, items), self._reading = self._reading, Store._reading  # so that what fails below begins anew
        if not at or (begun, place) != (since, cursor):
            items = self._watched(since)
            checksum = self._pass_over(items, at, known)
        taken, room = [], PAGE_LIMIT
        for item in items:
            if not self.vouches or type(item) is not RawTicket:
                item = raw(item)
            room -= len(item[0])
            if room < 0 and taken:
                items = itertools.chain([item], items)
                break
            if room < 0:
                item = Malformed(f"the ticket has {len(item[0])} bytes; a page has room for {PAGE_LIMIT}", item.line)
                room = PAGE_LIMIT
            taken.append(item)
            checksum = _checksum(item, checksum)
            if len(taken) == limit:
                break
        else:
            return taken, None, self._watermark
        following = f"{at + len(taken)}-{checksum}"
        self._reading = (since, following, checksum, items)
        return taken, following, None

    def _pass_over(self, items: Iterator, count: int, known: int) -> int:
        """Skips what the host has, and makes sure that it is what the host has: else tickets would be lost."""
        checksum = passed = 0
        for item in itertools.islice(items, count):
            if not self.vouches or type(item) is not RawTicket:
                item = raw(item)
            checksum, passed = _checksum(item, checksum), passed + 1
        if (passed, checksum) != (count, known):
            raise PluginError("permanent", "the tickets changed while they were read, and the reading was interrupted meanwhile",
                              hint="read them again")
        return checksum

    def get(self, ids: list[str]) -> list:
        """The tickets with these ids, in the order of the store."""
        return [item for item in self.tickets(None) if self._id(raw(item)) in ids]

    def describe(self) -> list[dict]:
        """The fields, `{name, type, values?}` each, where the store knows them."""
        return []

    def write(self, decisions: list[dict]) -> list[dict]:
        """Keeps decisions, and answers with one result each; needs the capability `write`."""
        raise NotImplementedError

    def changed(self) -> None:
        """Call this when something may have changed; needs the capability `changes`."""
        self.session.send({"method": "store/changed", "params": {}})

    def _watched(self, since: str | None) -> Iterator:
        self._watermark = yield from self.tickets(since)

    def _id(self, item: Any) -> Any:
        ticket = _decode(item.json.decode()) if type(item) is RawTicket else None
        return ticket.get(self.id_field) if isinstance(ticket, dict) else None

    def answer_list(self, limit: int, cursor: str | None, since: str | None) -> bytes:
        items, following, watermark = self.page(cursor, since, limit)
        return self._spliced(items, nextCursor=following, watermark=watermark)

    def answer_get(self, ids: list[str]) -> bytes:
        items = [raw(item) for item in self.get(ids)]
        found = {self._id(item) for item in items}
        return self._spliced(items, missing=[each for each in ids if each not in found])

    def _spliced(self, items: list, **rest: Any) -> bytes:
        """A result with the tickets as they are. A newline in JSON is white space, but would end the line."""
        tickets, malformed = [], []
        for item in items:
            item = item if type(item) is RawTicket else raw(item)
            if type(item) is RawTicket:
                tickets.append(item)
            else:
                malformed.append({"position": len(tickets), "line": item.line, "message": item.message})
        lines, versions = [each.line for each in tickets], [each.version for each in tickets]
        rest.update(source=self.source or None, malformed=malformed, lines=lines if any(lines) else None,
                    versions=versions if any(versions) else None)
        joined = b",".join([each.json for each in tickets]).replace(b"\n", b" ")
        return b'{"tickets":[%b],%b' % (joined, _json(_some(**rest))[1:])


class Notifier(Plugin):
    """Delivers notices: write `deliver`. A key that was delivered lately is not delivered again."""
    role = "notifier"

    def __init__(self) -> None:
        self._recent: dict[str, None] = {}  # the keys of deliveries, the oldest first

    def deliver(self, delivery: dict) -> None:
        """Delivers one notice, or raises: `permanent` rejects it, `transient` and `rate-limited` ask for another try.

        A delivery has the texts key, notice, ticket, rule, place, title, body and severity, and the list `to`."""
        raise NotImplementedError

    def resolve(self, key: str) -> None:
        """Takes back what was delivered under this key; needs the capability `resolve`."""
        raise NotImplementedError

    def answer_deliver(self, deliveries: list[dict]) -> dict:
        for each in deliveries:
            _require(_is(each.get("key"), str), "the 'key' of a delivery must be a text")
        receipts = []
        for each in deliveries:
            if time.monotonic() < self.session.two_thirds:
                receipts.append(self._receipt(each["key"], self._deliver_once, each))
            else:  # rather than being late with the receipts of those that were delivered
                receipts.append({"key": each["key"], "status": "retry", "retryAfterMs": 0, "error": "there was no time left"})
        return {"results": receipts}

    def answer_resolve(self, keys: list[str]) -> dict:
        return {"results": [self._receipt(key, self.resolve, key) for key in keys]}

    def _deliver_once(self, delivery: dict) -> None:
        if delivery["key"] not in self._recent:
            self.deliver(delivery)
            self._recent[delivery["key"]] = None
            if len(self._recent) > 4096:
                del self._recent[next(iter(self._recent))]

    @staticmethod
    def _receipt(key: str, action: Any, argument: Any) -> dict:
        try:
            action(argument)
            return {"key": key, "status": "delivered"}
        except PluginError as error:
            if error.kind not in ("permanent", "transient", "rate-limited"):
                raise
            status = "rejected" if error.kind == "permanent" else "retry"
            return _some(key=key, status=status, retryAfterMs=error.retry_after_ms, error=str(error))


class Session:
    """Reads on a thread of its own, so that a cancellation and the end of the input are seen while the plugin works."""

    def __init__(self, plugin: Plugin, output: int):
        self.plugin, self.output, self.methods = plugin, output, self._methods(plugin)
        plugin.session = self
        self.waiting: queue.SimpleQueue = queue.SimpleQueue()
        self.room = threading.Semaphore(64)  # how many requests may wait
        self.cancelled: dict[Any, bool] = {}  # for each request without an answer
        self.running: Any = None  # the id of the request in work
        self.deadline = self.two_thirds = 0.0  # when that must be answered, and when two thirds of the time are over
        self.opened = self.ended = False
        self.writing = threading.Lock()

    def _methods(self, plugin: Any) -> dict[str, tuple]:
        """What the plugin answers: by what, and which parameters it takes."""
        methods: dict[str, tuple] = {
            "initialize": (self._initialize, {"protocol": int, "config?": dict}), "ping": (dict, {}),
            "check": (self._check, {}), "shutdown": (self._shut_down, {})}
        if plugin.role == "store":
            methods["store/describe"] = (lambda: {"fields": plugin.describe()}, {})
            methods["store/list"] = (plugin.answer_list, {"limit": int, "cursor?": str, "since?": str})
            methods["store/get"] = (plugin.answer_get, {"ids": (str,)})
        if "write" in plugin.capabilities:
            methods["store/write"] = (lambda decisions: {"results": plugin.write(decisions)}, {"decisions": (dict,)})
        if plugin.role == "notifier":
            methods["notifier/deliver"] = (plugin.answer_deliver, {"deliveries": (dict,)})
        if "resolve" in plugin.capabilities:
            methods["notifier/resolve"] = (plugin.answer_resolve, {"keys": (str,)})
        return methods

    def run(self, lines: Any) -> None:
        signal.signal(signal.SIGALRM, self._interrupt)
        threading.Thread(target=self._read, args=[lines], daemon=True).start()
        while not self.ended and (entry := self.waiting.get()):
            self.room.release()
            self._answer(*entry)
        if self.opened:
            self.plugin.close()

    def send(self, message: Any) -> None:
        line = message if isinstance(message, bytes) else _json({"jsonrpc": "2.0", **message})
        rest = memoryview(line + b"\n")
        with self.writing:
            try:
                while rest:
                    rest = rest[os.write(self.output, rest):]
            except BrokenPipeError:
                self.ended = True

    def _read(self, lines: Any) -> None:
        while line := lines.readline(LINE_LIMIT + 1):
            size, rest = len(line), line
            while rest[-1:] != b"\n" and (rest := lines.readline(LINE_LIMIT)):
                size += len(rest)
            message = _message(line, size - rest.endswith(b"\n"))
            if message.get("method") == "$/cancel":
                self._cancel(message.get("params"))
            elif "id" in message:
                self.cancelled[message["id"]] = False
                self.room.acquire()
                self.waiting.put((message, time.monotonic()))
        self.waiting.put(None)
        time.sleep(1)  # for what is in work: a plugin is gone within two seconds of the end of its input
        self.ended = True
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGALRM)
        time.sleep(0.5)
        os._exit(0)

    def _cancel(self, params: Any) -> None:
        identity = params.get("id") if isinstance(params, dict) else None
        if _is(identity, str) and identity in self.cancelled:
            self.cancelled[identity] = True
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGALRM)

    def _interrupt(self, *_: Any) -> None:
        """Runs on the main thread, between two steps of the plugin's code; comes again where a line is half written."""
        cancelled = self.cancelled.get(self.running)
        if self.running is None or not (cancelled or self.ended or time.monotonic() >= self.deadline):
            return
        if self.writing.locked():
            signal.setitimer(signal.ITIMER_REAL, 0.05)
            return
        self.running = None
        raise Interrupted("the request was cancelled" if cancelled else "the request took longer than its deadline")

    def _answer(self, message: dict, arrived: float) -> None:
        identity = message["id"]
        try:
            action, arguments, milliseconds = self._accept(message)
            self.two_thirds = arrived + milliseconds / 1500
            self.deadline, self.running = arrived + milliseconds / 1000, identity
            signal.setitimer(signal.ITIMER_REAL, max(0.001, self.deadline - time.monotonic()))
            self._interrupt()
            result = action(**arguments)
            answer = b'"result":' + (result if isinstance(result, bytes) else _json(result))
            self.running = None
            _require(len(answer) < LINE_LIMIT - 512, f"the answer has {len(answer)} bytes; the limit is {LINE_LIMIT}", -32000)
        except Interrupted as error:
            answer = _error(PluginError("transient", str(error), code=-32800 if self.cancelled.get(identity) else -32000))
        except PluginError as error:
            answer = _error(error)
        except Exception as error:
            traceback.print_exc()
            place = traceback.extract_tb(error.__traceback__)[-1]
            what = f"{type(error).__name__} in {os.path.basename(place.filename)}, line {place.lineno}: see the log"
            answer = _error(PluginError("internal", what))
        self.running = None
        self.cancelled.pop(identity, None)
        self.send(b'{"jsonrpc":"2.0","id":%b,%b}' % (_json(identity), answer))

    def _accept(self, message: dict) -> tuple[Any, dict, int]:
        """What to call, with what, and how long it may take. Raises what JSON-RPC says of requests that are wrong."""
        if "refused" in message:
            raise message["refused"]
        method, params = message["method"], message.get("params", {})
        _require(method in self.methods, "there is no such method", -32601)
        _require(self.opened or method in ("initialize", "ping", "shutdown"), "'initialize' comes first", -32002)
        _require(isinstance(params, dict), "'params' must be an object")
        action, shape = self.methods[method]
        for key, kind in (*shape.items(), ("deadlineMs?", int)):
            value = params.get(key.rstrip("?"))
            _require(value is None and key[-1] == "?" or _is(value, kind), f"'{key.rstrip('?')}' must be {WORDS[kind]}")
        arguments = {key.rstrip("?"): params.get(key.rstrip("?")) for key in shape}
        _require(arguments.get("limit", 1) > 0, "'limit' must be at least 1")
        return action, arguments, min(params.get("deadlineMs") or DAY, DAY)

    def _initialize(self, protocol: int, config: dict | None) -> dict:
        _require(not self.opened, "'initialize' came before", -32600)
        if protocol != 1:
            raise PluginError("config", f"version {protocol} of the protocol is unknown here", supported=[1])
        self.plugin.open(Settings(config or {}))
        self.opened = True
        about = {"name": self.plugin.name, "version": self.plugin.version}
        return {"protocol": 1, "plugin": about, "capabilities": self.plugin.capabilities}

    def _check(self) -> dict:
        problems = self.plugin.check()
        return {"ok": not problems, "problems": problems}

    def _shut_down(self) -> dict:
        if self.opened:
            self.opened = False
            self.plugin.close()
        self.ended = True
        return {}


def serve(kind: type[Plugin]) -> None:
    """Runs a plugin of this class until its input ends; the last line of its file."""
    if sys.stdin.isatty():
        sys.exit(f"{kind.name} {kind.version} is a {kind.role} plugin of Docket, which starts it and speaks to it over "
                 f"stdin and stdout.\nTry it with: docket plugin check {os.path.dirname(sys.argv[0]) or '.'}")
    lines, output = open(os.dup(0), "rb"), os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    Session(kind(), output).run(lines)
    sys.stdout.flush()
    os._exit(0)  # whatever threads are still at work


def _message(line: bytes, size: int) -> dict:
    """What a line says, or `{id, refused}` where it is no message of JSON-RPC."""
    message, text, code = None, f"the line has {size} bytes, and the limit is {LINE_LIMIT}", -32600
    if size <= LINE_LIMIT:
        try:
            message, text = _decode(line.decode()), "the line is no request of JSON-RPC 2.0"
        except (ValueError, RecursionError):
            text, code = "the line is not JSON", -32700
    named = isinstance(message, dict) and isinstance(message.get("id"), (str, int, float, type(None)))
    if named and message.get("jsonrpc") == "2.0" and isinstance(message.get("method"), str):
        return message
    return {"id": message["id"] if named and "id" in message else None,
            "refused": PluginError("permanent", text, code=code)}


def _is(value: Any, kind: Any) -> bool:
    """Whether a JSON value is of this type; `(str,)` is a list of texts, and true is no number."""
    if isinstance(kind, tuple):
        return isinstance(value, list) and all(isinstance(each, kind) for each in value)
    return isinstance(value, kind) and not isinstance(value, bool)


def raw(item: Any) -> RawTicket | Malformed:
    """What a store yields as it goes over the line. A `RawTicket` that is no JSON, and would break it, is malformed."""
    if type(item) is not RawTicket:
        return item if type(item) is Malformed else RawTicket(_json(item))
    try:
        _decode(item.json.decode())
        return item
    except (ValueError, RecursionError):
        return Malformed("the record is not JSON", item.line)


def _checksum(item: RawTicket | Malformed, checksum: int) -> int:
    """That of the items before this one, and of this one."""
    return zlib.adler32(item[0] if type(item) is RawTicket and len(item[0]) <= PAGE_LIMIT else b"", checksum)


def _place(cursor: str | None) -> tuple[int, int]:
    """How many items a cursor says the host has, and their checksum."""
    parts = (cursor or "0-0").split("-")
    if len(parts) != 2 or not all(part.isdecimal() for part in parts):
        raise PluginError("permanent", "the cursor is none of this store's")
    return int(parts[0]), int(parts[1])


def _require(condition: bool, message: str, code: int = -32602) -> None:
    if not condition:
        raise PluginError("permanent", message, code=code)


def _some(**values: Any) -> dict:
    return {key: value for key, value in values.items() if value is not None}


def _json(value: Any) -> bytes:
    return _encode(value).encode("utf-8", "replace")


def _error(error: PluginError) -> bytes:
    return b'"error":' + _json({"code": error.code, "message": str(error), "data": error.data})
