"""How an issue and its events become a ticket with its history."""
import pathlib
import sys
import unittest

PLUGIN = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PLUGIN / "Sources"), str(PLUGIN.parents[1] / "python"), str(PLUGIN / "Tests")]
from docket_plugin import PluginError, Settings  # noqa: E402
from fake_github import event, issue  # noqa: E402
from issue_mapping import IssueMapping  # noqa: E402


def ticket(given, events=(), **settings):
    return IssueMapping(Settings(settings)).ticket(given, list(events))


class AnIssue(unittest.TestCase):
    def test_becomes_a_ticket_with_the_fields_of_the_reference_rules(self):
        made = ticket(issue(7, labels=[{"name": "bug"}, {"name": "Priority: High"}], assignees=[{"login": "hubot"}],
                            milestone={"title": "1.0"}, state="closed", closed_at="2026-02-01T00:00:00Z"))
        made.pop("history")
        self.assertEqual(made, {
            "id": "7", "source": "ticket-system", "title": "issue 7", "description": "text", "type": "failure",
            "priority": "high", "status": "closed", "submitted_at": "2026-01-08T01:02:03Z", "handler": "hubot",
            "closed_at": "2026-02-01T00:00:00Z", "updated_at": "2026-02-08T01:02:03Z", "milestone": "1.0",
            "labels": ["bug", "Priority: High"], "url": "https://github.com/octo/shop/issues/7"})

    def test_leaves_out_what_it_does_not_have(self):
        made = ticket({"number": 1, "created_at": "2026-01-01T00:00:00Z", "body": "", "milestone": None})
        self.assertEqual(sorted(made), ["history", "id", "source", "status", "submitted_at"])

    def test_is_read_from_what_the_command_line_of_github_exports(self):
        made = ticket({
            "number": 3, "title": "t", "state": "CLOSED", "stateReason": "NOT_PLANNED", "createdAt": "2026-01-01T00:00:00Z",
            "closedAt": "2026-01-02T00:00:00Z", "updatedAt": "2026-01-03T00:00:00Z", "author": {"login": "octocat"},
            "labels": [{"name": "question", "color": "fff"}], "assignees": [{"login": "hubot", "name": "Hu Bot"}],
            "comments": [{"author": {"login": "hubot"}, "createdAt": "2026-01-01T08:00:00Z", "body": "?"}],
            "url": "https://github.com/octo/shop/issues/3"})
        self.assertEqual((made["status"], made["type"], made["handler"], made["closed_at"], made["responded_at"]),
                         ("withdrawn", "question", "hubot", "2026-01-02T00:00:00Z", "2026-01-01T08:00:00Z"))
        self.assertEqual([each["at"] for each in made["history"]],
                         ["2026-01-01T00:00:00Z", "2026-01-01T08:00:00Z", "2026-01-02T00:00:00Z"])

    def test_is_read_from_an_archive_in_which_names_are_addresses(self):
        made = ticket({"number": 1, "created_at": "2026-01-01T00:00:00Z", "user": "https://github.com/octocat",
                       "labels": ["https://github.com/octo/shop/labels/feature%20request"],
                       "assignee": "https://github.com/hubot"})
        self.assertEqual((made["type"], made["handler"], made["labels"]), ("suggestion", "hubot", ["feature request"]))

    def test_that_is_none_is_refused_without_its_content(self):
        for given, message in [
            ([], "the record is no object"), ({}, "the issue has no number"), ({"number": "1"}, "the issue has no number"),
            ({"number": True}, "the issue has no number"),
            ({"number": 1}, "the issue does not say when it was created"),
            ({"number": 1, "created_at": "octocat"}, "a time of the issue is not RFC 3339"),
        ]:
            with self.subTest(given), self.assertRaises(ValueError) as raised:
                ticket(given)
            self.assertEqual(str(raised.exception), message)


class TheMapping(unittest.TestCase):
    def test_makes_ids_from_the_number_and_the_month_of_the_zone(self):
        given = issue(12, created_at="2026-01-31T17:00:00Z")
        for template, zone, identity in [
            ("{number}", "UTC", "12"), ("{year}{month}-{number:3}", "UTC", "202601-012"),
            ("{year}{month}-{number:3}", "Asia/Shanghai", "202602-012"), ("GH-{number:2}.", "UTC", "GH-12."),
        ]:
            with self.subTest(template, zone=zone):
                mapping = IssueMapping(Settings({"id": template, "time_zone": zone}))
                self.assertEqual(mapping.ticket(given, [])["id"], identity)
                self.assertEqual(mapping.number(identity), 12)
                self.assertIsNone(mapping.number("x" + identity))

    def test_knows_labels_however_they_are_written(self):
        for label, field, value in [
            ("Bug", "type", "failure"), ("kind/bug", "type", "failure"), ("type: bug", "type", "failure"),
            ("feature_request", "type", "suggestion"), ("priority-high", "priority", "high"), ("P2", "priority", "medium"),
            ("In Progress", "status", "in-progress"), ("needs-info", "status", "waiting-requester"),
        ]:
            with self.subTest(label):
                self.assertEqual(ticket(issue(1, labels=[{"name": label}]))[field], value)

    def test_takes_the_first_label_that_means_something_and_the_longest_pattern(self):
        made = ticket(issue(1, labels=[{"name": "good first issue"}, {"name": "low"}, {"name": "high"}]),
                      labels={"priority": {"high": "high", "l*": "medium", "low": "low"}})
        self.assertEqual(made["priority"], "low")

    def test_replaces_the_labels_of_one_field_and_keeps_the_others(self):
        made = ticket(issue(1, labels=[{"name": "p1"}, {"name": "bug"}]), labels={"priority": {}})
        self.assertEqual((made.get("priority"), made["type"]), (None, "failure"))

    def test_renames_adds_nests_and_removes_fields(self):
        made = ticket(issue(1), fields={"contact.name": "author", "description": "", "summary": "title"},
                      constants={"service": "customer-support"})
        self.assertEqual((made["contact"], made["summary"], made["service"]), ({"name": "octocat"}, "issue 1", "customer-support"))
        self.assertFalse({"description", "source"} & set(made))

    def test_knows_the_status_by_state_reason_and_assignee(self):
        for more, status in [
            ({}, "submitted"), ({"assignee": {"login": "a"}}, "assigned"), ({"state": "closed"}, "closed"),
            ({"state": "closed", "state_reason": "completed"}, "closed"),
            ({"state": "closed", "state_reason": "not_planned"}, "gone"),
            ({"state": "closed", "labels": [{"name": "in progress"}]}, "closed"),
            ({"labels": [{"name": "in progress"}]}, "in-progress"),
        ]:
            with self.subTest(more):
                self.assertEqual(ticket(issue(1, **more), states={"not_planned": "gone"})["status"], status)

    def test_points_at_a_setting_that_is_wrong(self):
        for settings, pointer, message in [
            ({"id": "x"}, "/id", "'id' must have '{number}' once, and may have '{year}' and '{month}'"),
            ({"id": "{number}{day}"}, "/id", "'id' must have '{number}' once, and may have '{year}' and '{month}'"),
            ({"time_zone": "Mars"}, "/time_zone", "'time_zone' is not the name of a time zone"),
            ({"time_zone": "../etc/passwd"}, "/time_zone", "'time_zone' is not the name of a time zone"),
            ({"fields": {"a": "b"}}, "/fields/a", "'b' is nothing that an issue has"),
            ({"fields": {"a": 1}}, "/fields/a", "'a' must be a text"),
            ({"labels": {"type": "bug"}}, "/labels/type", "'type' must map labels to values"),
            ({"labels": {"type": {"bug": 1}}}, "/labels/type", "'type' must map labels to values"),
            ({"states": {"open": []}}, "/states/open", "'open' must be a text"),
        ]:
            with self.subTest(settings), self.assertRaises(PluginError) as raised:
                IssueMapping(Settings(settings))
            error = raised.exception
            self.assertEqual((error.kind, error.data["pointer"], str(error)), ("config", pointer, message))


class TheHistory(unittest.TestCase):
    def test_begins_with_the_issue_as_it_was_created_and_ends_with_the_ticket(self):
        made = ticket(issue(1, title="after", labels=[{"name": "bug"}, {"name": "blocked"}], assignees=[{"login": "hubot"}],
                            milestone={"title": "1.0"}), [
            event("labeled", "2026-01-02T02:00:00Z", label={"name": "bug"}),
            event("labeled", "2026-01-02T02:30:00Z", label={"name": "question"}),
            event("assigned", "2026-01-02T03:00:00Z", assignee={"login": "hubot"}),
            event("unlabeled", "2026-01-02T03:30:00Z", label={"name": "question"}),
            event("labeled", "2026-01-02T04:00:00Z", label={"name": "blocked"}),
            event("milestoned", "2026-01-02T05:00:00Z", milestone={"title": "1.0"}),
            event("renamed", "2026-01-02T06:00:00Z", "octocat", rename={"from": "before", "to": "after"}),
            event("subscribed", "2026-01-02T07:00:00Z")], fields={"labels": "", "url": "", "updated_at": ""})
        self.assertEqual(made["history"], [
            {"at": "2026-01-02T01:02:03Z", "by": "requester", "set": {
                "source": "ticket-system", "title": "before", "description": "text", "status": "submitted",
                "submitted_at": "2026-01-02T01:02:03Z"}},
            {"at": "2026-01-02T02:00:00Z", "by": "hubot", "set": {"type": "failure"}},
            {"at": "2026-01-02T03:00:00Z", "by": "hubot", "set": {"status": "assigned", "handler": "hubot"}},
            {"at": "2026-01-02T04:00:00Z", "by": "hubot", "set": {"status": "blocked"}},
            {"at": "2026-01-02T05:00:00Z", "by": "hubot", "set": {"milestone": "1.0"}},
            {"at": "2026-01-02T06:00:00Z", "by": "requester", "set": {"title": "after"}}])
        folded = {}
        for entry in made["history"]:
            folded.update(entry["set"])
        self.assertEqual({"id": "1", "history": made["history"], **folded}, made)

    def test_tells_of_every_end_and_every_reopening(self):
        made = ticket(issue(1, state="closed", closed_at="2026-01-05T00:00:00Z", state_reason="not_planned"), [
            event("closed", "2026-01-03T00:00:00Z"), event("reopened", "2026-01-04T00:00:00Z"),
            event("closed", "2026-01-05T00:00:00Z", state_reason="not_planned")])
        self.assertEqual([each["set"] for each in made["history"][1:]], [
            {"status": "closed", "closed_at": "2026-01-03T00:00:00Z"}, {"status": "submitted", "closed_at": None},
            {"status": "withdrawn", "closed_at": "2026-01-05T00:00:00Z"}])

    def test_tells_of_the_end_where_no_event_does(self):
        made = ticket(issue(1, state="closed", closed_at="2026-01-05T00:00:00Z"))
        self.assertEqual(made["history"][1:], [
            {"at": "2026-01-05T00:00:00Z", "set": {"status": "closed", "closed_at": "2026-01-05T00:00:00Z"}}])

    def test_has_the_first_response_of_another_person(self):
        made = ticket(issue(1), [
            event("commented", "2026-01-03T00:00:00Z", "octocat"),
            {"event": "commented", "created_at": "2026-01-04T00:00:00Z", "user": {"login": "hubot"}},
            event("commented", "2026-01-05T00:00:00Z")])
        self.assertEqual(made["responded_at"], "2026-01-04T00:00:00Z")
        self.assertEqual(made["history"][1:], [
            {"at": "2026-01-04T00:00:00Z", "by": "hubot", "set": {"responded_at": "2026-01-04T00:00:00Z"}}])

    def test_is_in_order_whatever_the_order_of_the_events(self):
        events = [event("labeled", "2026-01-03T01:00:00+01:00", label={"name": "a"}),
                  event("unlabeled", "2026-01-03T00:30:00Z", label={"name": "a"})]
        self.assertEqual(ticket(issue(1), events), ticket(issue(1), events[::-1]))

    def test_keeps_labels_of_which_no_event_tells_from_the_beginning(self):
        made = ticket(issue(1, labels=[{"name": "bug"}]))
        self.assertEqual(made["history"][0]["set"]["type"], "failure")

    def test_passes_over_events_that_are_none(self):
        made = ticket(issue(1), [None, 1, {}, {"event": "labeled"}, {"created_at": "2026-01-02T02:00:00Z"},
                                 event("labeled", "2026-01-02T02:00:00Z"), event("renamed", "2026-01-02T02:00:00Z"),
                                 {"event": "closed", "created_at": 7}])
        self.assertEqual(len(made["history"]), 1)


if __name__ == "__main__":
    unittest.main()
