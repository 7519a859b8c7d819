"""Runs a plugin as the host does, for tests: a process, and lines over its stdin and stdout."""
from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from typing import Any

INHERITED = ("PATH", "HOME", "LANG", "TZ", "TMPDIR")  # as the host does it


class PluginProcess:
    """A plugin in its folder. Use it in a `with` statement, which ends the input and waits for the exit."""

    def __init__(self, folder: str, config: dict | None = None, command: list[str] | None = None,
                 environment: dict[str, str] | None = None):
        self.config = config
        self.process = subprocess.Popen(
            command or [sys.executable, "-W", "error", os.path.join("Sources", "plugin.py")], cwd=folder,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**{key: os.environ[key] for key in INHERITED if key in os.environ}, **(environment or {})})
        self.lines: queue.Queue = queue.Queue()
        self.log = bytearray()
        self.notifications: list[dict] = []
        self.count = 0
        self.readers = [threading.Thread(target=each, daemon=True) for each in (self._read, self._drain)]
        for reader in self.readers:
            reader.start()

    def __enter__(self) -> PluginProcess:
        if self.config is not None:
            self.opened = self.request("initialize", protocol=1, host={"name": "tests", "version": "1"}, instance="tested", config=self.config)
        return self

    def __exit__(self, *_: Any) -> None:
        self.end()

    def write(self, data: bytes) -> None:
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, method: str, **params: Any) -> str:
        """Sends a request and returns its id."""
        self.count += 1
        message = {"jsonrpc": "2.0", "id": str(self.count), "method": method, "params": params}
        self.write(json.dumps(message).encode() + b"\n")
        return str(self.count)

    def cancel(self, identity: str) -> None:
        self.write(json.dumps({"jsonrpc": "2.0", "method": "$/cancel", "params": {"id": identity}}).encode() + b"\n")

    def line(self, timeout: float = 30) -> bytes:
        """The next line; empty at the end of the output."""
        return self.lines.get(timeout=timeout)

    def message(self, timeout: float = 30) -> dict:
        """The next response; notifications are kept aside."""
        while True:
            line = self.line(timeout)
            if not line:
                raise EOFError(f"the plugin ended: {bytes(self.log[-2000:]).decode(errors='replace')}")
            message = json.loads(line)
            if "id" in message:
                return message
            self.notifications.append(message)

    def response(self, method: str, **params: Any) -> dict:
        identity = self.send(method, **params)
        message = self.message()
        if message["id"] != identity:
            raise AssertionError(f"the answer to {identity} has the id {message['id']}")
        return message

    def request(self, method: str, **params: Any) -> Any:
        """The result."""
        message = self.response(method, **params)
        if "error" in message:
            raise AssertionError(f"{method} failed: {message['error']}")
        return message["result"]

    def error(self, method: str, **params: Any) -> dict:
        """The error, of which `kind` is a member of its own."""
        message = self.response(method, **params)
        if "error" not in message:
            raise AssertionError(f"{method} did not fail")
        return {**message["error"].pop("data", {}), **message["error"]}

    def pages(self, limit: int = 500, **params: Any) -> list[dict]:
        """All pages of one reading."""
        pages = [self.request("store/list", limit=limit, **params)]
        while "nextCursor" in pages[-1]:
            pages.append(self.request("store/list", limit=limit, cursor=pages[-1]["nextCursor"], **params))
        return pages

    def tickets(self, limit: int = 500, **params: Any) -> list[dict]:
        return [ticket for page in self.pages(limit, **params) for ticket in page["tickets"]]

    def end(self) -> int:
        """Ends the input; the exit status, negative for a signal."""
        if not self.process.stdin.closed:
            self.process.stdin.close()
        try:
            status = self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        for reader in self.readers:
            reader.join()
        self.process.stdout.close()
        self.process.stderr.close()
        return status

    def _read(self) -> None:
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(b"")

    def _drain(self) -> None:
        while piece := self.process.stderr.read1(65536):
            self.log += piece
