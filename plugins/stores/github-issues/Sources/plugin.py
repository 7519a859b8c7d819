"""The store `github-issues`: one issue, one ticket, from an export or from an API."""
from __future__ import annotations

import datetime
import json
import os
import pathlib
import sys
import urllib.parse
from typing import Any, Iterator

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "python"))
from docket_plugin import PAGE_LIMIT, Malformed, PluginError, Settings, Store, raw, serve  # noqa: E402
from github_api import GitHubAPI  # noqa: E402
from issue_export import values  # noqa: E402
from issue_mapping import IssueMapping, instant, name_of, normal, utc  # noqa: E402

EVENT_KEYS = ("event", "created_at", "actor", "user", "label", "assignee", "milestone", "rename", "state_reason")
PLACE = {"url": str, "at": int, "before": list, "start": str, "newest": str}  # what a cursor of the API holds


class GitHubIssues(Store):
    name = "github-issues"
    version = "1.0.0"
    capabilities = ["incremental"]

    def open(self, settings: Settings) -> None:
        self.mapping = IssueMapping(settings)
        self.pull_requests = settings.get("pull_requests", False)
        self.history = settings.get("history", "events")
        self.path = settings.get("path")
        self.api = None
        if self.path is None:
            self._open_api(settings)
        else:
            self._open_export(settings)

    def _open_export(self, settings: Settings) -> None:
        for key in ("repository", "url", "token"):
            if key in settings:
                raise settings.wrong(key, "means nothing beside 'path'", "remove one of the two")
        for key in ("path", "events_path"):
            if key in settings and not os.path.isfile(settings[key]):
                raise settings.wrong(key, "is not a file")
        self.events_path = settings.get("events_path")
        self.source = os.path.basename(self.path)

    def _open_api(self, settings: Settings) -> None:
        repository = settings.get("repository", "")
        if not repository:
            raise settings.wrong("repository", "must be set where 'path' is not", "write owner/name, or a 'path'")
        if repository.count("/") != 1 or not all(repository.split("/")):
            raise settings.wrong("repository", "must be an owner and a name", "write it as owner/name")
        root = settings.get("url", "https://api.github.com")
        parts = urllib.parse.urlsplit(root)
        if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
            raise settings.wrong("url", "must be the address of an API", "write one such as https://api.github.com")
        token = settings.get("token")
        if token and parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
            raise settings.wrong("url", "would send the token without TLS", "write https://")
        self.api = GitHubAPI(root, token, settings.get("timeout_seconds", 30))
        self.base = f"{self.api.root}/repos/{urllib.parse.quote(repository)}"
        self.source = f"{parts.hostname}/{repository}"
        self.fetched: tuple[str, Any] = ("", None)  # a page of the API and its address

    def check(self) -> list[dict]:
        try:
            if self.api and self.api.get(self.base).value is None:
                raise _no_repository()
            if self.path and isinstance(next(values(self.path), ({}, 1))[0], Malformed):
                raise PluginError("config", "the file does not begin with JSON", "/path")
        except PluginError as error:
            return [{"message": str(error), **{key: error.data[key] for key in ("pointer", "hint") if key in error.data}}]
        return []

    def describe(self) -> list[dict]:
        return self.mapping.describe()

    # Exports

    def tickets(self, since: str | None) -> Iterator:
        newest, events = since, self._exported_events()
        for record, line in values(self.path):
            try:
                if isinstance(record, Malformed):
                    raise ValueError(record.message)
                issue = normal(record)
                updated = issue.get("updated_at") or ""
                if self._is_meant(issue) and (not since or not updated or instant(updated) >= instant(since)):
                    told = issue.get("events") or issue.get("timeline") or events.get(issue.get("number"), [])
                    yield self.mapping.ticket(issue, told if self.history != "none" else [])
                if updated and (not newest or instant(updated) > instant(newest)):
                    newest = updated
            except ValueError as error:
                yield Malformed(str(error), line)
        return newest

    def _exported_events(self) -> dict[Any, list[dict]]:
        """The events of the second file by the numbers of their issues."""
        events: dict[Any, list[dict]] = {}
        for event, _ in values(self.events_path) if self.events_path else ():
            if isinstance(event, dict):
                about = event.get("issue") or event.get("issue_url") or event.get("issue_number")
                number = str(about.get("number")) if isinstance(about, dict) else name_of(str(about)) or ""
                if number.isdecimal():
                    events.setdefault(int(number), []).append({key: event[key] for key in EVENT_KEYS if key in event})
        return events

    def _is_meant(self, issue: dict) -> bool:
        return self.pull_requests or issue.get("pull_request") is None

    # The API

    def page(self, cursor: str | None, since: str | None, limit: int) -> tuple[list, str | None, str | None]:
        """A page of the API, cut to the limit, oldest issues first: what changes meanwhile moves no issue forward, so
        that none is left out. The cursor says where to go on, so that a plugin that was started anew can."""
        if not self.api:
            return super().page(cursor, since, limit)
        place = self._place(cursor, since)
        if cursor is None or self.fetched[0] != place["url"]:
            self.fetched = (place["url"], self._fetch(place["url"]))
        issues, following, date = self.fetched[1]
        place["start"] = place["start"] or date
        items, room = [], PAGE_LIMIT
        for issue in issues[place["at"]:place["at"] + limit]:
            if issue.get("number") not in place["before"] and self._is_meant(issue):
                item = raw(self._ticket(issue))
                room -= len(item[0])
                if room < 0 and items:
                    break
                items.append(item)
            place["newest"] = max(place["newest"], utc(issue.get("updated_at")))
            place["at"] += 1
        if place["at"] >= len(issues):
            if not following:
                return items, None, min(place["newest"], place["start"]) or since
            place.update(url=following, at=0, before=[each.get("number") for each in issues])
        return items, json.dumps(place), None

    def _place(self, cursor: str | None, since: str | None) -> dict:
        """Where to go on: the address of a page, how many of its issues were handed over and which ones stood on the page
        before it; and when the reading began and the newest change in it, which make the watermark."""
        if cursor is None:
            query = {"state": "all", "sort": "created", "direction": "asc", "per_page": "100", **({"since": since} if since else {})}
            return {"url": f"{self.base}/issues?{urllib.parse.urlencode(query)}", "at": 0, "before": [], "start": "",
                    "newest": utc(since)}
        try:
            place = json.loads(cursor)
            if {key: type(value) for key, value in place.items()} == PLACE and place["at"] >= 0:
                return place
        except (ValueError, AttributeError):
            pass
        raise PluginError("permanent", "the cursor is none of this store's")

    def _fetch(self, url: str) -> tuple[list[dict], str | None, str]:
        answer = self.api.get(url)
        if answer.value is None:
            raise _no_repository()
        if not isinstance(answer.value, list) or not all(isinstance(each, dict) for each in answer.value):
            raise PluginError("permanent", "the server's answer is no list of issues")
        date = datetime.datetime.fromtimestamp(answer.date, datetime.timezone.utc)
        return answer.value, answer.following, utc(date.isoformat())

    def _ticket(self, issue: dict) -> Any:
        try:
            return self.mapping.ticket(issue, self._events(issue.get("number")) if self.history != "none" else [])
        except ValueError as error:
            return Malformed(str(error))

    def _events(self, number: Any) -> list[dict]:
        events: list[dict] = []
        url: str | None = f"{self.base}/issues/{number}/{self.history}?per_page=100"
        while url:
            self.progress()
            answer = self.api.get(url)
            events += answer.value if isinstance(answer.value, list) else []
            url = answer.following
        return events

    def get(self, ids: list[str]) -> list:
        if not self.api:
            return super().get(ids)
        found = []
        for identity in ids:
            number = self.mapping.number(identity)
            issue = self.api.get(f"{self.base}/issues/{number}").value if number is not None else None
            if isinstance(issue, dict) and self._is_meant(issue):
                ticket = self._ticket(issue)
                found += [ticket] if isinstance(ticket, dict) and ticket["id"] == identity else []
        return found


def _no_repository() -> PluginError:
    hint = "check its name, and whether the token may read it: what it may not read looks as if it were not there"
    return PluginError("config", "there is no such repository", "/repository", hint)


serve(GitHubIssues)
