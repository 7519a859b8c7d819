"""The store as a process: exports of every form, and an API that does what APIs do."""
import gzip
import json
import pathlib
import sys
import tempfile
import threading
import time
import unittest

PLUGIN = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PLUGIN / "Tests"), str(PLUGIN.parents[1] / "python" / "Tests")]
from fake_github import FakeGitHub, event, issue  # noqa: E402
from plugin_process import PluginProcess  # noqa: E402

SECRET = "ghp_0123456789abcdef"


class AnExport(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def store(self, content, name="issues.json", **config):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return PluginProcess(str(PLUGIN), {"path": str(path), **config})

    def test_is_read_whatever_its_form(self):
        issues = [issue(number) for number in (1, 2, 3)]
        compact, pretty = json.dumps(issues), json.dumps(issues, indent=2)
        forms = {
            "array": compact, "pretty array": pretty, "lines": "\n".join(map(json.dumps, issues)) + "\n",
            "objects": "".join(json.dumps(each, indent=1) for each in issues), "arrays of pages": compact[:-1] + "]" + "[]",
            "two arrays": json.dumps(issues[:1]) + json.dumps(issues[1:]), "mark": "\ufeff" + compact,
            "windows": "\r\n".join(map(json.dumps, issues)), "gzip": gzip.compress(compact.encode())}
        for form, content in forms.items():
            with self.subTest(form), self.store(content) as plugin:
                pages = plugin.pages(2)
                self.assertEqual([each["id"] for page in pages for each in page["tickets"]], ["1", "2", "3"])
                self.assertEqual([page["malformed"] for page in pages], [[], []])
                self.assertEqual((pages[0]["source"], pages[-1]["watermark"]), ("issues.json", "2026-02-04T01:02:03Z"))

    def test_is_read_in_pieces_that_cut_it_anywhere(self):
        issues = [issue(number, body="内容" * (number % 50 * 100), title="\\\"\n") for number in range(600)]
        for content in (json.dumps(issues, ensure_ascii=False), "\n".join(json.dumps(each) for each in issues)):
            with self.store(content) as plugin:
                self.assertEqual([(each["id"], len(each.get("description", ""))) for each in plugin.tickets(7)],
                                 [(str(each["number"]), len(each["body"])) for each in issues])

    def test_reports_a_broken_line_and_reads_the_others(self):
        lines = [json.dumps(issue(1)), '{"number": 2, "title": "oct', '{"number": "3"}', '{"oct":' + "[" * 50_000, "7",
                 json.dumps(issue(4)), '{"oct']
        with self.store("\n".join(lines)) as plugin:
            page = plugin.request("store/list", limit=500)
            self.assertEqual([each["id"] for each in page["tickets"]], ["1", "4"])
            self.assertEqual(page["malformed"], [
                {"position": 1, "line": 2, "message": "the record is not JSON"},
                {"position": 1, "line": 3, "message": "the issue has no number"},
                {"position": 1, "line": 4, "message": "the record is nested too deeply"},
                {"position": 2, "line": 7, "message": "the record is not JSON"}])
            self.assertNotIn("oct", json.dumps(page["malformed"]))

    def test_that_breaks_off_within_an_array_or_gzip_data_keeps_what_came_before(self):
        whole = json.dumps([issue(number) for number in range(1, 9)])
        for content, message in [(whole[:-100].encode(), "the record is not JSON"),
                                 (gzip.compress(whole.encode())[:-9], "the gzip data is corrupt from here on")]:
            with self.store(content) as plugin:
                page = plugin.request("store/list", limit=500)
                self.assertEqual([each["message"] for each in page["malformed"]], [message])
                if message.startswith("the record"):
                    self.assertEqual(len(page["tickets"]), 7)

    def test_has_events_within_the_issues_or_in_a_second_file(self):
        told = event("labeled", "2026-01-02T02:00:00Z", label={"name": "bug"})
        given = issue(1, labels=[{"name": "bug"}])
        second = self.folder / "events.json"
        for about in ({"issue": {"number": 1}}, {"issue": "https://github.com/octo/shop/issues/1"}, {"issue_number": 1}):
            second.write_text(json.dumps([{**told, **about}, {**told, "issue": {"number": 2}}, 7]))
            with self.store(json.dumps([given]), events_path=str(second)) as plugin:
                by_file = plugin.tickets()
            with self.store(json.dumps([{**given, "events": [told]}])) as plugin:
                self.assertEqual(plugin.tickets(), by_file)
            self.assertEqual(by_file[0]["history"][1]["set"]["type"], "failure")
            with self.store(json.dumps([given]), events_path=str(second), history="none") as plugin:
                self.assertEqual(len(plugin.tickets()[0]["history"]), 1)

    def test_is_read_on_from_a_watermark(self):
        with self.store(json.dumps([issue(number) for number in (1, 2, 3)])) as plugin:
            pages = plugin.pages(since="2026-02-03T02:02:03+01:00")
            self.assertEqual([each["id"] for each in pages[0]["tickets"]], ["2", "3"])
            self.assertEqual(plugin.pages(since="2027-01-01T00:00:00Z")[0]["watermark"], "2027-01-01T00:00:00Z")

    def test_has_pull_requests_only_where_they_are_asked_for(self):
        content = json.dumps([issue(1), issue(2, pull_request={"url": "x"})])
        for wanted, ids in [(False, ["1"]), (True, ["1", "2"])]:
            with self.store(content, pull_requests=wanted) as plugin:
                self.assertEqual([each["id"] for each in plugin.tickets()], ids)

    def test_gives_single_tickets(self):
        with self.store(json.dumps([issue(1), issue(2)])) as plugin:
            answer = plugin.request("store/get", ids=["2", "9"])
            self.assertEqual(([each["id"] for each in answer["tickets"]], answer["missing"]), (["2"], ["9"]))

    def test_is_checked_by_its_beginning(self):
        for content, problems in [("[]", []), ("", []), (json.dumps([issue(1)]), []), ("number,title\n", [
                {"message": "the file does not begin with JSON", "pointer": "/path"}])]:
            with self.subTest(content), self.store(content) as plugin:
                self.assertEqual(plugin.request("check")["problems"], problems)

    def test_is_one_of_two_sources(self):
        with PluginProcess(str(PLUGIN)) as plugin:
            for config, pointer, message in [
                ({"path": str(self.folder)}, "/path", "'path' is not a file"),
                ({"path": __file__, "events_path": "nowhere"}, "/events_path", "'events_path' is not a file"),
                ({"path": __file__, "token": SECRET}, "/token", "'token' means nothing beside 'path'"),
                ({}, "/repository", "'repository' must be set where 'path' is not"),
                ({"repository": "shop"}, "/repository", "'repository' must be an owner and a name"),
                ({"repository": "octo/shop", "url": "api.github.com"}, "/url", "'url' must be the address of an API"),
                ({"repository": "octo/shop", "url": f"https://a:{SECRET}@github.com"}, "/url", "'url' must be the address of an API"),
                ({"repository": "octo/shop", "url": "http://github.example", "token": SECRET}, "/url",
                 "'url' would send the token without TLS"),
            ]:
                with self.subTest(config):
                    error = plugin.error("initialize", protocol=1, config=config)
                    self.assertEqual((error["kind"], error["pointer"], error["message"]), ("config", pointer, message))
                    self.assertNotIn(SECRET, json.dumps(error))

    def test_describes_the_fields_of_its_tickets(self):
        with self.store(json.dumps([issue(1)])) as plugin:
            fields = {each["name"]: each for each in plugin.request("store/describe")["fields"]}
            self.assertEqual(fields["priority"], {"name": "priority", "type": "choice", "values": ["high", "low", "medium"]})
            self.assertEqual(fields["submitted_at"], {"name": "submitted_at", "type": "instant"})
            self.assertLessEqual(set(plugin.tickets()[0]) - {"history"}, set(fields))


class TheAPI(unittest.TestCase):
    def setUp(self):
        self.server = FakeGitHub(token=SECRET)
        self.server.__enter__()
        self.addCleanup(self.server.__exit__)

    def store(self, **config):
        return PluginProcess(str(PLUGIN), {"url": self.server.url, "repository": "octo/shop", "token": SECRET, **config})

    def test_is_read_page_by_page_with_the_history_of_each_issue(self):
        self.server.issues = [issue(number, created_at=f"2026-01-01T00:{number // 60:02}:{number % 60:02}Z")
                              for number in range(1, 251)]
        self.server.events = {7: [event("labeled", "2026-01-02T02:00:00Z", label={"name": str(number)})
                                  for number in range(230)]}
        with self.store() as plugin:
            for limit in (7, 500):
                pages = plugin.pages(limit)
                tickets = [each for page in pages for each in page["tickets"]]
                self.assertEqual([each["id"] for each in tickets], [str(number) for number in range(1, 251)])
                self.assertEqual(pages[-1]["watermark"], "2026-02-27T01:02:03Z")
                self.assertEqual(pages[0]["source"], "127.0.0.1/octo/shop")
        asked = [path for path, _ in self.server.requests if path.startswith("/repos/octo/shop/issues/7/events")]
        self.assertEqual(len(asked), 6)

    def test_is_asked_for_comments_where_the_timeline_is_wanted_and_for_nothing_where_no_history_is(self):
        self.server.issues = [issue(1)]
        self.server.events = {1: [event("commented", "2026-01-03T00:00:00Z")]}
        with self.store(history="timeline") as plugin:
            self.assertEqual(plugin.tickets()[0]["responded_at"], "2026-01-03T00:00:00Z")
            self.assertEqual([each["method"] for each in plugin.notifications], ["$/progress"])
        with self.store(history="none") as plugin:
            self.server.requests.clear()
            self.assertNotIn("responded_at", plugin.tickets()[0])
            self.assertEqual(len(self.server.requests), 1)

    def test_is_asked_for_what_changed_since_the_watermark(self):
        self.server.issues = [issue(1), issue(2)]
        with self.store(history="none") as plugin:
            watermark = plugin.pages()[-1]["watermark"]
            self.server.issues.append(issue(3))
            pages = plugin.pages(since=watermark)
            self.assertEqual([each["id"] for each in pages[0]["tickets"]], ["2", "3"])
            self.assertEqual(plugin.pages(since=pages[-1]["watermark"])[-1]["watermark"], pages[-1]["watermark"])
            self.server.issues = []
            self.assertEqual(plugin.pages(since="2026-03-01T00:00:00Z")[-1]["watermark"], "2026-03-01T00:00:00Z")

    def test_loses_nothing_that_changes_during_the_reading(self):
        self.server.page_size = 4
        self.server.issues = [issue(number, updated_at=f"2026-02-01T00:00:{number:02}Z") for number in range(1, 13)]
        with self.store(history="none") as plugin:
            page = plugin.request("store/list", limit=4, since="2026-02-01T00:00:03Z")
            # An issue that the reading has passed by is changed, and moves the others one place back.
            self.server.issues[0]["updated_at"] = "2126-02-01T00:00:00Z"
            tickets = list(page["tickets"])
            while "nextCursor" in page:
                page = plugin.request("store/list", limit=4, since="2026-02-01T00:00:03Z", cursor=page["nextCursor"])
                tickets += page["tickets"]
            self.assertEqual([each["id"] for each in tickets], [str(number) for number in range(3, 13)])
            self.assertLess(page["watermark"], "2126")

    def test_goes_on_in_the_middle_after_a_restart(self):
        self.server.page_size = 4
        self.server.issues = [issue(number) for number in range(1, 11)]
        with self.store(history="none") as first, self.store(history="none") as second:
            page = first.request("store/list", limit=3)
            for plugin in (second, first, second):
                rest, cursor = [], page["nextCursor"]
                while cursor:
                    following = plugin.request("store/list", limit=3, cursor=cursor)
                    rest += following["tickets"]
                    cursor = following.get("nextCursor")
                self.assertEqual([each["id"] for each in page["tickets"] + rest], [str(number) for number in range(1, 11)])
            for cursor in ("1", "[]", "{}", "null", json.dumps({**json.loads(page["nextCursor"]), "at": -1})):
                self.assertEqual(second.error("store/list", limit=3, cursor=cursor)["message"], "the cursor is none of this store's")
            elsewhere = json.dumps({**json.loads(page["nextCursor"]), "url": "http://example.test/repos"})
            self.assertEqual(second.error("store/list", limit=3, cursor=elsewhere)["message"],
                             "the address of a page belongs to another server")

    def test_spares_the_server_what_did_not_change(self):
        self.server.issues = [issue(1)]
        with self.store() as plugin:
            first = plugin.tickets()
            self.server.requests.clear()
            self.assertEqual(plugin.tickets(), first)
            self.assertTrue(all("If-None-Match" in headers for _, headers in self.server.requests))
            self.server.issues[0]["title"] = "changed"
            self.assertEqual(plugin.tickets()[0]["title"], "changed")

    def test_gives_single_tickets(self):
        self.server.issues = [issue(1), issue(2, pull_request={})]
        with self.store(id="{year}-{number}") as plugin:
            answer = plugin.request("store/get", ids=["2026-1", "2025-1", "2026-2", "2026-9", "../user"])
            self.assertEqual([each["id"] for each in answer["tickets"]], ["2026-1"])
            self.assertEqual(answer["missing"], ["2025-1", "2026-2", "2026-9", "../user"])

    def test_failures_have_a_kind(self):
        now = int(time.time())
        reset = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(now + 90), "Date": _date(now)}
        for (status, headers, body), kind, message, wait in [
            ((401, {}, b"octocat"), "auth", "the server refuses access (401)", None),
            ((403, {}, b"octocat"), "auth", "the server refuses access (403)", None),
            ((403, reset, b""), "rate-limited", "the server asks for fewer requests", 90_000),
            ((403, {"Retry-After": "7"}, b""), "rate-limited", "the server asks for fewer requests", 7000),
            ((429, {}, b""), "rate-limited", "the server asks for fewer requests", 60_000),
            ((429, {"Retry-After": _date(now + 5), "Date": _date(now)}, b""), "rate-limited",
             "the server asks for fewer requests", 5000),
            ((500, {}, b"octocat"), "transient", "the server failed (500)", None),
            ((503, {"Retry-After": "3"}, b""), "transient", "the server failed (503)", 3000),
            ((422, {}, b"octocat"), "permanent", "the server refuses the request (422)", None),
            ((200, {}, b'[{"number": 1, "octocat'), "transient", "the server's answer is not JSON", None),
            ((200, {}, b"{}"), "permanent", "the server's answer is no list of issues", None),
            ((200, {}, b"[1]"), "permanent", "the server's answer is no list of issues", None),
            ((0, {}, b"[]"), "transient", "the server did not answer: IncompleteRead", None),
            ((404, {}, b""), "config", "there is no such repository", None),
            ((304, {}, b""), "permanent", "the server redirects in circles or to nowhere (304)", None),
        ]:
            with self.subTest(status, body=body, headers=headers), self.store() as plugin:
                self.server.issues = [issue(1)]
                self.server.failures = [(status, headers, body)]
                error = plugin.error("store/list", limit=5)
                self.assertEqual((error["kind"], error["message"]), (kind, message))
                self.assertEqual(error.get("retryAfterMs"), wait)
                self.assertNotIn("octocat", json.dumps(error))
                self.assertEqual(len(plugin.tickets()), 1)

    def test_failures_in_the_middle_of_a_page_lose_and_repeat_nothing(self):
        self.server.issues = [issue(1), issue(2)]
        with self.store() as plugin:
            self.server.failures = [None, None, (500, {}, b"")]
            self.assertEqual(plugin.error("store/list", limit=5)["kind"], "transient")
            self.assertEqual([each["id"] for each in plugin.tickets()], ["1", "2"])

    def test_issues_that_are_none_are_reported_and_the_others_read(self):
        self.server.issues = [issue(1), {**issue(2), "number": None}, issue(3)]
        with self.store(history="none") as plugin:
            page = plugin.request("store/list", limit=5)
            self.assertEqual([each["id"] for each in page["tickets"]], ["1", "3"])
            self.assertEqual(page["malformed"], [{"position": 1, "line": 0, "message": "the issue has no number"}])

    def silence(self):
        """Of the server, far longer than anything here waits; it ends with the test."""
        over = threading.Event()
        self.addCleanup(over.set)
        return lambda path: over.wait(60)

    def test_silence_ends_with_the_time_out(self):
        with self.store(timeout_seconds=1, history="none") as plugin:
            self.server.on_request = self.silence()
            error = plugin.error("store/list", limit=5)
            self.assertEqual((error["kind"], error["message"]), ("transient", "the server did not answer: timed out"))

    def test_a_request_is_given_up_at_its_deadline_and_when_it_is_cancelled(self):
        with self.store(history="none") as plugin:
            self.server.on_request = self.silence()
            self.assertEqual(plugin.error("store/list", limit=5, deadlineMs=300)["kind"], "transient")
            identity = plugin.send("store/list", limit=5)
            time.sleep(0.3)
            plugin.cancel(identity)
            self.assertEqual(plugin.message()["error"]["code"], -32800)

    def test_a_server_that_is_not_there_is_a_passing_failure(self):
        self.server.server.server_close()
        with self.store() as plugin:
            error = plugin.error("store/list", limit=5)
            self.assertEqual((error["kind"], error["message"]), ("transient", "the server did not answer: ConnectionRefusedError"))
        self.server.server.socket.close()

    def test_redirects_are_followed_but_the_token_stays_with_its_server(self):
        self.server.issues = [issue(1)]
        with FakeGitHub() as other:
            other.issues = [issue(2)]
            self.server.moved_to = other.url
            with self.store(history="none") as plugin:
                self.assertEqual([each["id"] for each in plugin.tickets()], ["2"])
            self.assertEqual([headers.get("Authorization") for _, headers in other.requests], [None])
            self.server.moved_to = None
            self.server.failures = [(307, {"Location": "/repos/octo/shop/issues"}, b"")]
            with self.store(history="none") as plugin:
                self.assertEqual([each["id"] for each in plugin.tickets()], ["1"])
            self.server.moved_to = self.server.url
            with self.store(history="none") as plugin:
                self.assertEqual(plugin.error("store/list", limit=1)["message"],
                                 "the server redirects in circles or to nowhere (301)")

    def test_the_token_is_told_to_nobody_else(self):
        with PluginProcess(str(PLUGIN), {"url": self.server.url, "repository": "octo/shop", "token": SECRET + "x"}) as plugin:
            answers = [plugin.request("check"), plugin.error("store/list", limit=1), plugin.error("store/get", ids=["1"])]
            self.assertEqual(answers[0]["problems"][0]["pointer"], "/token")
        self.assertNotIn(SECRET, json.dumps(answers) + plugin.log.decode())

    def test_the_check_asks_for_the_repository_alone(self):
        with self.store() as plugin:
            self.assertEqual(plugin.request("check"), {"ok": True, "problems": []})
            self.assertEqual([path for path, _ in self.server.requests], ["/repos/octo/shop"])
        with self.store(repository="octo/other") as plugin:
            self.assertEqual(plugin.request("check")["problems"][0]["message"], "there is no such repository")


def _date(seconds):
    return time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(seconds))


if __name__ == "__main__":
    unittest.main()
