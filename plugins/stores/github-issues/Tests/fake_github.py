"""A server that answers as GitHub's REST API does, as far as issues go, and fails on demand."""
from __future__ import annotations

import http.server
import json
import os
import sys
import threading
import urllib.parse


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):  # the plugin may give up at any time
            super().handle_error(request, client_address)


class FakeGitHub:
    """Holds issues and events by number. Use it in a `with` statement."""

    def __init__(self, token: str | None = None):
        self.issues: list[dict] = []
        self.events: dict[int, list[dict]] = {}
        self.token = token
        self.page_size = 100
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.failures: list = []  # what to answer instead, from the first on: (status, headers, body)
        self.moved_to: str | None = None
        self.on_request = lambda path: None

    def __enter__(self) -> FakeGitHub:
        owner = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                owner.requests.append((self.path, dict(self.headers)))
                owner.on_request(self.path)
                status, headers, body = owner.answer(self.path, self.headers)
                if status == 0:  # hang up in the middle of the answer
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(body) + 10))
                    self.end_headers()
                    self.wfile.write(body)
                    self.close_connection = True
                    return
                self.send_response_only(status)
                if "Date" not in headers:
                    self.send_header("Date", self.date_time_string())
                for key, value in headers.items():
                    self.send_header(key, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = _Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=[0.02], daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def answer(self, target: str, headers) -> tuple[int, dict[str, str], bytes]:
        if self.failures:
            failure = self.failures.pop(0)
            if failure is not None:
                return failure
        if self.token and headers.get("Authorization") != f"Bearer {self.token}":
            return 401, {}, b'{"message":"Bad credentials of octocat"}'
        parts = urllib.parse.urlsplit(target)
        query = dict(urllib.parse.parse_qsl(parts.query))
        if self.moved_to:
            return 301, {"Location": self.moved_to + target}, b""
        path = parts.path.split("/")[1:]
        if path[:3] != ["repos", "octo", "shop"]:
            return 404, {}, b'{"message":"Not Found"}'
        if len(path) == 3:
            return self.page([], query, parts, {"full_name": "octo/shop"}, headers)
        if len(path) == 4:
            issues = [each for each in self.issues if each["updated_at"] >= query.get("since", "")]
            return self.page(sorted(issues, key=lambda each: each["created_at"]), query, parts, None, headers)
        number = int(path[4])
        if len(path) == 6:
            return self.page(self.events.get(number, []), query, parts, None, headers)
        issue = next((each for each in self.issues if each["number"] == number), None)
        return self.page([], query, parts, issue, headers) if issue else (404, {}, b"{}")

    def page(self, items, query, parts, one, headers):
        number, size = int(query.get("page", "1")), min(self.page_size, int(query.get("per_page", "30")))
        body = json.dumps(items[(number - 1) * size:number * size] if one is None else one).encode()
        etag = f'W/"{hash(body):x}"'
        if headers.get("If-None-Match") == etag:
            return 304, {"ETag": etag}, b""
        answer = {"Content-Type": "application/json; charset=utf-8", "ETag": etag}
        if one is None and number * size < len(items):
            more = urllib.parse.urlencode({**query, "page": str(number + 1)})
            answer["Link"] = f'<{self.url}{parts.path}?page=1>; rel="first", <{self.url}{parts.path}?{more}>; rel="next"'
        return 200, answer, body


def issue(number: int, **more) -> dict:
    """An issue as the API tells of it."""
    return {
        "number": number, "title": f"issue {number}", "body": "text", "state": "open", "labels": [], "assignees": [],
        "user": {"login": "octocat"}, "created_at": f"2026-01-{number % 27 + 1:02}T01:02:03Z", "closed_at": None,
        "updated_at": f"2026-02-{number % 27 + 1:02}T01:02:03Z", "milestone": None, "comments": 0,
        "html_url": f"https://github.com/octo/shop/issues/{number}", **more}


def event(kind: str, at: str, actor: str = "hubot", **more) -> dict:
    return {"event": kind, "created_at": at, "actor": {"login": actor}, **more}


def main(folder: str) -> None:
    """The companion of `docket plugin check`: thirty issues, told in pages of nine."""
    with FakeGitHub(token="companion") as server:
        server.page_size = 9
        server.issues = [issue(number, labels=[{"name": "bug"}]) for number in range(1, 31)]
        server.events = {each["number"]: [event("labeled", each["created_at"], label={"name": "bug"})] for each in server.issues}
        with open(os.path.join(folder, "token"), "w", encoding="utf-8") as file:
            file.write("companion\n")
        print(json.dumps({"url": server.url}), flush=True)
        server.thread.join()


if __name__ == "__main__":
    main(sys.argv[1])
