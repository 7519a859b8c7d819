"""Turns an issue and its events into a ticket with its history.

Every field of the ticket is a function of the issue as it stood at one moment. The events tell what it was before each
of them, so the history is what these functions give from moment to moment, and always agrees with the ticket."""
from __future__ import annotations

import datetime
import fnmatch
import re
import urllib.parse
import zoneinfo
from typing import Any, Iterator

from docket_plugin import PluginError, Settings

FIELDS = {
    "title": "title", "description": "body", "submitted_at": "created_at", "responded_at": "first_response_at",
    "handler": "assignee", "milestone": "milestone", "labels": "labels", "closed_at": "closed_at",
    "updated_at": "updated_at", "url": "html_url"}
PATHS = ("number", "title", "body", "created_at", "updated_at", "closed_at", "first_response_at", "state", "state_reason",
         "author", "assignee", "assignees", "milestone", "labels", "comments", "html_url")
INSTANTS = ("created_at", "updated_at", "closed_at", "first_response_at")
CONSTANTS = {"source": "ticket-system"}
STATES = {"open": "submitted", "assigned": "assigned", "closed": "closed", "not_planned": "withdrawn",
          "duplicate": "withdrawn"}
LABELS = {
    "status": {"in progress": "in-progress", "wip": "in-progress", "blocked": "blocked", "confirmed": "confirmed",
               "triaged": "classified", "needs info*": "waiting-requester", "needs more info*": "waiting-requester",
               "more information needed": "waiting-requester", "waiting for *": "waiting-requester"},
    "type": {"bug": "failure", "* bug": "failure", "defect": "failure", "regression": "failure", "question": "question",
             "* question": "question", "support": "question", "help": "question", "enhancement": "suggestion",
             "* enhancement": "suggestion", "feature*": "suggestion", "* feature*": "suggestion",
             "configuration": "environment", "environment": "environment", "performance": "anomaly"},
    "priority": {"p0": "high", "p1": "high", "p2": "medium", "p3": "low", "p4": "low", "critical": "high",
                 "urgent": "high", "priority critical": "high", "priority high": "high", "high priority": "high",
                 "priority medium": "medium", "medium priority": "medium", "priority low": "low", "low priority": "low"}}


class IssueMapping:
    """How issues become tickets. `settings` are those of the plugin: `id`, `time_zone`, `fields`, `constants`, `labels`,
    `states`; what they do not name is as above."""

    def __init__(self, settings: Settings):
        self.template = settings.get("id", "{number}")
        self.id_pattern = _template_pattern(self.template)
        try:
            self.zone = zoneinfo.ZoneInfo(settings.get("time_zone", "UTC"))
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            raise settings.wrong("time_zone", "is not the name of a time zone", "write one such as Asia/Shanghai") from None
        self.fields = {key: path for key, path in _merged(settings, "fields", FIELDS).items() if path}
        for key, path in self.fields.items():
            if path not in PATHS:
                raise _wrong(f"/fields/{key}", f"'{path}' is nothing that an issue has", "write one of " + ", ".join(PATHS))
        self.constants = settings.get("constants", CONSTANTS)
        self.states = _merged(settings, "states", STATES)
        self.labels = {field: _Table(field, table) for field, table in
                       {**LABELS, **settings.get("labels", {})}.items()}

    def ticket(self, issue: dict, events: list[dict]) -> dict:
        """The ticket of an issue. Raises ValueError where it is not what an issue must be."""
        issue = normal(issue)
        number, created = issue.get("number"), issue.get("created_at")
        if not isinstance(number, int) or isinstance(number, bool):
            raise ValueError("the issue has no number")
        if not isinstance(created, str):
            raise ValueError("the issue does not say when it was created")
        moments = list(_moments(issue, events))
        first = self._fields(moments[0][2])
        ticket = {"id": self.id(number, created)}
        history, before = [{"at": created, "by": "requester", "set": _nested(first)}], first
        for at, by, moment in moments[1:]:
            now = self._fields(moment)
            changes = {key: now.get(key) for key in {**before, **now} if before.get(key) != now.get(key)}
            if changes:
                history.append({"at": at, **({"by": by} if by else {}), "set": _nested(changes)})
            before = now
        updated = {**moments[-1][2], "updated_at": issue.get("updated_at")}
        return {**ticket, **_nested(self._fields(updated)), "history": history}

    def id(self, number: int, created: str) -> str:
        local = instant(created).astimezone(self.zone)
        parts = {"year": local.year, "month": local.month, "number": number}
        widths = {"year": "4", "month": "2", "number": "1"}
        return re.sub(r"\{(\w+)(?::(\d+))?\}", lambda found: str(parts[found[1]]).zfill(int(found[2] or widths[found[1]])),
                      self.template)

    def number(self, identity: str) -> int | None:
        """The number of the issue that a ticket's id speaks of; None where it cannot be one of ours."""
        found = self.id_pattern.fullmatch(identity)
        return int(found["number"]) if found else None

    def describe(self) -> list[dict]:
        """The fields that tickets have."""
        fields = [{"name": "id", "type": "string"}, {"name": "status", "type": "choice", "values": sorted(
            {*self.states.values(), *(self.labels["status"].values if "status" in self.labels else ())})}]
        for key, path in self.fields.items():
            kind = "instant" if path in INSTANTS else "integer" if path in ("number", "comments") else "string"
            fields.append({"name": key, "type": "list" if path in ("labels", "assignees") else kind})
        for key, table in self.labels.items():
            if key != "status":
                fields.append({"name": key, "type": "choice", "values": table.values})
        return fields + [{"name": key, "type": "string"} for key in self.constants]

    def _fields(self, issue: dict) -> dict[str, Any]:
        """What stands in the ticket's fields while the issue is like this; absent where there is nothing."""
        fields = {key: issue.get(path) for key, path in self.fields.items()}
        labelled = {key: table.value(issue["labels"]) for key, table in self.labels.items()}
        fields.update({key: value for key, value in labelled.items() if value is not None})
        if issue["state"] == "closed" or not fields.get("status"):
            fields["status"] = self._status(issue)
        return {**self.constants, **{key: value for key, value in fields.items() if value not in (None, "", [])}}

    def _status(self, issue: dict) -> str | None:
        if issue["state"] == "closed":
            return self.states.get(issue.get("state_reason") or "", self.states.get("closed"))
        return self.states.get("assigned" if issue["assignee"] else "open", self.states.get("open"))


class _Table:
    """Which label means which value. Cases, dashes, colons, slashes and underscores in labels mean nothing; of several
    labels the first counts, and of several patterns the one with the most letters."""

    def __init__(self, field: str, table: Any):
        if not isinstance(table, dict) or not all(isinstance(each, str) for each in table.values()):
            raise _wrong(f"/labels/{field}", f"'{field}' must map labels to values", "write 'label: value' lines")
        plain = sorted(((_plain(key), value) for key, value in table.items()), key=lambda each: (-len(each[0]), each[0]))
        self.patterns = [(re.compile(fnmatch.translate(key)), key, value) for key, value in plain]
        self.values = sorted(set(table.values()))
        self.known: dict[str, str | None] = {}

    def value(self, labels: list[str]) -> str | None:
        for label in labels:
            if label not in self.known:
                if len(self.known) > 10_000:
                    self.known.clear()
                self.known[label] = next((value for pattern, _, value in self.patterns if pattern.match(_plain(label))), None)
            if self.known[label] is not None:
                return self.known[label]
        return None


def _moments(issue: dict, events: list[dict]) -> Iterator[tuple[str, str | None, dict]]:
    """When something changed, who did it, and the issue as it was from then on. The first moment is its creation, the
    last one is what the issue is now: each earlier one is found by undoing an event."""
    now = _final(issue)
    events = _in_order(issue, events)
    states = [now]
    for event in reversed(events):
        states.append(_undone(states[-1], event))
    author, closed, response = now["author"], {}, None
    yield issue["created_at"], "requester", states[-1]
    for event, after in zip(events, states[-2::-1]):
        by = name_of(event.get("actor") or event.get("user") or event.get("author"))
        if event["event"] == "closed":
            reason = event.get("state_reason")
            closed = {"closed_at": event["created_at"], "state_reason": reason.lower() if isinstance(reason, str) else None}
        if event["event"] == "commented" and by and by != author:
            response = response or event["created_at"]
        if after["state"] == "closed" and after is not now:
            after = {**after, **closed}
        yield event["created_at"], "requester" if by and by == author else by, {**after, "first_response_at": response}


def _in_order(issue: dict, events: list[dict]) -> list[dict]:
    """The events by time, with comments that the issue brings along, and with its end where no event tells of it."""
    told = [each for each in events if isinstance(each, dict) and isinstance(each.get("created_at"), str)]
    for comment in issue["comments"] if isinstance(issue.get("comments"), list) else []:
        comment = _snake_case(comment)
        if isinstance(comment.get("created_at"), str):
            told.append({**comment, "event": "commented"})
    ends = [each["event"] for each in told if each.get("event") in ("closed", "reopened")]
    if isinstance(issue.get("closed_at"), str) and ends[-1:] != ["closed"]:
        told.append({"event": "closed", "created_at": issue["closed_at"], "state_reason": issue.get("state_reason")})
    return sorted(({"event": None, **each} for each in told), key=lambda each: instant(each["created_at"]))


def _final(issue: dict) -> dict:
    """The issue as it is, in one form whatever it was exported by."""
    state = str(issue.get("state") or ("closed" if issue.get("closed_at") else "open")).lower()
    assignees = [name_of(each) for each in issue.get("assignees") or [issue.get("assignee")] if name_of(each)]
    comments = issue.get("comments")
    return {
        "number": issue["number"], "title": issue.get("title"), "body": issue.get("body"), "state": state,
        "created_at": issue["created_at"], "closed_at": issue.get("closed_at") if state == "closed" else None,
        "state_reason": str(issue.get("state_reason") or "").lower() if state == "closed" else None,
        "assignee": assignees[0] if assignees else None, "assignees": assignees,
        "author": name_of(issue.get("user") or issue.get("author")), "milestone": name_of(issue.get("milestone")),
        "labels": [name_of(each) for each in issue.get("labels") or [] if name_of(each)],
        "comments": len(comments) if isinstance(comments, list) else comments,
        "html_url": issue.get("html_url") or issue.get("url")}


def _undone(after: dict, event: dict) -> dict:
    """The issue as it was before the event."""
    kind, before = event["event"], dict(after)
    if kind in ("labeled", "unlabeled"):
        label = name_of(event.get("label"))
        others = [each for each in after["labels"] if each != label]
        before["labels"] = others if kind == "labeled" or not label else [*others, label]
    elif kind in ("assigned", "unassigned"):
        person = name_of(event.get("assignee"))
        others = [each for each in after["assignees"] if each != person]
        before["assignees"] = others if kind == "assigned" or not person else [*others, person]
        before["assignee"] = before["assignees"][0] if before["assignees"] else None
    elif kind in ("milestoned", "demilestoned"):
        before["milestone"] = None if kind == "milestoned" else name_of(event.get("milestone"))
    elif kind == "renamed" and isinstance(event.get("rename"), dict):
        before["title"] = event["rename"].get("from")
    elif kind == "closed":
        before.update(state="open", state_reason=None, closed_at=None)
    elif kind == "reopened":
        before.update(state="closed")
    return before


def name_of(value: Any) -> str | None:
    """The name of a label, person or milestone, given as a name, as an object, or as an address that ends in it."""
    if isinstance(value, dict):
        value = next((value[key] for key in ("login", "title", "name") if isinstance(value.get(key), str)), None)
    if not isinstance(value, str) or not value:
        return None
    return urllib.parse.unquote(value.rstrip("/").rsplit("/", 1)[-1]) if value.startswith("https://") else value


def normal(issue: Any) -> dict:
    """An issue as the REST API has it, from that or from what `gh issue list --json` writes."""
    if not isinstance(issue, dict):
        raise ValueError("the record is no object")
    return _snake_case(issue)


def instant(text: str) -> datetime.datetime:
    """Reads RFC 3339. Raises ValueError."""
    try:
        instant = datetime.datetime.fromisoformat(re.sub("[Zz]$", "+00:00", text))
        return instant if instant.tzinfo else instant.replace(tzinfo=datetime.timezone.utc)
    except ValueError:
        raise ValueError("a time of the issue is not RFC 3339") from None


def utc(text: Any) -> str:
    """The instant in UTC to the second, so that texts compare as instants do; empty where it is none."""
    try:
        return instant(text).astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (TypeError, ValueError):
        return ""


def _snake_case(members: dict) -> dict:
    return {re.sub(r"(?<=[a-z])[A-Z]", lambda found: "_" + found[0].lower(), key): value for key, value in members.items()}


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


def _plain(label: str) -> str:
    return re.sub(r"[\s:/_.-]+", " ", label).strip().lower()


def _template_pattern(template: str) -> re.Pattern:
    parts = re.split(r"\{(number|year|month)(?::(\d))?\}", template)
    if parts[1::3].count("number") != 1 or re.search(r"[{}]", "".join(parts[::3])):
        raise _wrong("/id", "'id' must have '{number}' once, and may have '{year}' and '{month}'",
                     "write one such as '{year}{month}-{number:3}'")
    groups = {"number": r"(?P<number>[0-9]{1,18})", "year": "[0-9]+", "month": "[0-9]+"}
    return re.compile("".join(groups[part] if place % 3 == 1 else re.escape(part or "") if place % 3 == 0 else ""
                              for place, part in enumerate(parts)))


def _merged(settings: Settings, key: str, default: dict[str, str]) -> dict[str, str]:
    merged = {**default, **settings.get(key, {})}
    for name_, value in merged.items():
        if not isinstance(value, str):
            raise _wrong(f"/{key}/{name_}", f"'{name_}' must be a text")
    return merged


def _wrong(pointer: str, problem: str, hint: str | None = None) -> PluginError:
    return PluginError("config", problem, pointer, hint)
