"""What the shared module says and does, whatever comes over the line."""
import json
import os
import pathlib
import pty
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from plugin_process import PluginProcess

FIXTURES = str(pathlib.Path(__file__).resolve().parent / "fixtures")
LIMIT = 8 << 20


def store(**config):
    return PluginProcess(FIXTURES, config, [sys.executable, "-W", "error", "counting_store.py"])


def closed_store():
    return PluginProcess(FIXTURES, None, [sys.executable, "-W", "error", "counting_store.py"])


class TheSession(unittest.TestCase):
    def test_begins_with_what_the_plugin_is_and_can_do(self):
        with store() as plugin:
            self.assertEqual(plugin.opened, {
                "protocol": 1, "plugin": {"name": "counting", "version": "1.2.3"}, "capabilities": ["write"]})

    def test_refuses_a_version_of_the_protocol_that_it_does_not_speak_and_a_second_beginning(self):
        with closed_store() as plugin:
            error = plugin.error("initialize", protocol=2)
            self.assertEqual((error["kind"], error["message"], error["supported"]),
                             ("config", "version 2 of the protocol is unknown here", [1]))
            self.assertEqual(plugin.error("initialize")["message"], "'protocol' must be a whole number")
            plugin.request("initialize", protocol=1)
            error = plugin.error("initialize", protocol=1)
            self.assertEqual((error["code"], error["message"]), (-32600, "'initialize' came before"))

    def test_answers_nothing_but_ping_and_shutdown_before_initialize(self):
        with closed_store() as plugin:
            self.assertEqual(plugin.request("ping"), {})
            for method in ("check", "store/describe"):
                error = plugin.error(method)
                self.assertEqual((error["code"], error["message"]), (-32002, "'initialize' comes first"))
            self.assertEqual(plugin.request("shutdown"), {})
            self.assertEqual(plugin.end(), 0)

    def test_goes_on_after_a_configuration_that_is_wrong(self):
        with closed_store() as plugin:
            error = plugin.error("initialize", protocol=1, config={"a/b~c": 1})
            self.assertEqual((error["kind"], error["pointer"], error["message"], error["hint"]),
                             ("config", "/a~1b~0c", "'a/b~c' means nothing", "leave it out"))
            plugin.request("initialize", protocol=1, config={"count": 1})
            self.assertEqual(plugin.tickets(), [{"id": "0"}])

    def test_ignores_unknown_keys_and_unknown_notifications(self):
        with store() as plugin:
            plugin.write(b'{"jsonrpc":"2.0","method":"$/unknown","params":{}}\n')
            plugin.write(b'{"jsonrpc":"2.0","method":"$/cancel","params":[]}\n')
            self.assertEqual(plugin.request("ping", unknown=[1]), {})
            plugin.write(b'{"jsonrpc":"2.0","id":"a","method":"ping","params":{"self":1},"more":{}}\n')
            self.assertEqual(plugin.message()["result"], {})
            page = plugin.request("store/list", limit=1, more="x", fields=["id"], deadlineMs=60_000)
            self.assertEqual(page["tickets"], [{"id": "0"}])

    def test_says_which_method_does_not_exist_and_which_parameter_is_wrong(self):
        with store() as plugin:
            for method in ("no/such", "notifier/deliver", "notifier/resolve", ""):
                error = plugin.error(method)
                self.assertEqual((error["code"], error["message"]), (-32601, "there is no such method"))
            for method, params, message in [
                ("store/list", {}, "'limit' must be a whole number"),
                ("store/list", {"limit": "7"}, "'limit' must be a whole number"),
                ("store/list", {"limit": True}, "'limit' must be a whole number"),
                ("store/list", {"limit": 0}, "'limit' must be at least 1"),
                ("store/list", {"limit": 1, "cursor": 1}, "'cursor' must be a text"),
                ("store/list", {"limit": 1, "since": {}}, "'since' must be a text"),
                ("store/list", {"limit": 1, "deadlineMs": "1"}, "'deadlineMs' must be a whole number"),
                ("store/get", {"ids": "1"}, "'ids' must be a list of texts"),
                ("store/get", {"ids": [1]}, "'ids' must be a list of texts"),
                ("store/write", {"decisions": [1]}, "'decisions' must be a list of objects"),
            ]:
                with self.subTest(method, **params):
                    error = plugin.error(method, **params)
                    self.assertEqual((error["code"], error["message"]), (-32602, message))
            plugin.write(b'{"jsonrpc":"2.0","id":"a","method":"ping","params":[]}\n')
            self.assertEqual(plugin.message()["error"]["message"], "'params' must be an object")

    def test_answers_garbage_as_json_rpc_says_and_goes_on(self):
        garbage = [
            (b"garbage", -32700, None), (b"", -32700, None), (b"{", -32700, None), (b'{"a":NaN}', -32700, None),
            (b'"\xff"', -32700, None), (b"\xef\xbb\xbf{}", -32700, None), (b"[" * 100_000, -32700, None),
            (b"[]", -32600, None), (b"1", -32600, None), (b"null", -32600, None), (b"{}", -32600, None),
            (b'{"jsonrpc":"2.0","id":"a"}', -32600, "a"), (b'{"jsonrpc":"1.0","id":7,"method":"ping"}', -32600, 7),
            (b'{"jsonrpc":"2.0","id":{},"method":"ping"}', -32600, None),
            (b'{"jsonrpc":"2.0","id":"a","method":1}', -32600, "a"),
        ]
        with store() as plugin:
            for line, code, identity in garbage:
                with self.subTest(line[:40]):
                    plugin.write(line + b"\n")
                    message = plugin.message()
                    self.assertEqual((message["id"], message["error"]["code"]), (identity, code))
            self.assertEqual(plugin.request("ping"), {})

    def test_reads_lines_that_arrive_in_single_bytes(self):
        with store() as plugin:
            for byte in b'{"jsonrpc":"2.0","id":"\xe5\x8d\x95","method":"store/list","params":{"limit":1}}\r\n':
                plugin.write(bytes([byte]))
            self.assertEqual(plugin.message()["id"], "单")

    def test_reads_many_lines_that_arrive_at_once_and_answers_them_in_order(self):
        with store() as plugin:
            line = '{"jsonrpc":"2.0","id":"%d","method":"store/list","params":{"limit":10}}\n'
            plugin.write("".join(line % number for number in range(1000)).encode())
            self.assertEqual([plugin.message()["id"] for _ in range(1000)], [str(number) for number in range(1000)])

    def test_reads_a_line_of_8_mib_and_refuses_a_longer_one_with_limit_and_size(self):
        head, tail = b'{"jsonrpc":"2.0","id":"long","method":"ping","params":{"x":"', b'"}}'
        fill = LIMIT - len(head) - len(tail)
        with store() as plugin:
            plugin.write(head + b"x" * fill + tail + b"\n")
            self.assertEqual(plugin.message(), {"jsonrpc": "2.0", "id": "long", "result": {}})
            for extra in (1, 20 << 20):
                plugin.write(head + b"x" * (fill + extra) + tail + b"\n")
                message = plugin.message()
                self.assertEqual((message["id"], message["error"]["message"]), (
                    None, f"the line has {LIMIT + extra} bytes, and the limit is {LIMIT}"))
            self.assertEqual(plugin.request("ping"), {})

    def test_keeps_stdout_for_the_protocol_from_the_first_byte(self):
        with store(kind="print") as plugin:
            self.assertEqual(len(plugin.tickets()), 10)
        log = plugin.log.decode()
        for line in ("printed before serve", "a stray line on stdout", "another, of a child"):
            self.assertIn(line, log)

    def test_is_not_stalled_by_a_flood_on_stderr(self):
        with store(kind="flood", size=4096) as plugin:
            self.assertEqual(len(plugin.tickets()), 10)
        self.assertGreater(len(plugin.log), 4 << 20)

    def test_survives_what_a_plugin_raises_and_says_where_but_not_what(self):
        with store(kind="bug") as plugin:
            error = plugin.error("store/list", limit=1)
            self.assertEqual((error["code"], error["kind"]), (-32000, "internal"))
            self.assertRegex(error["message"], r"^ValueError in counting_store\.py, line \d+: see the log$")
            self.assertEqual(plugin.request("ping"), {})
        self.assertIn("ValueError: a secret", plugin.log.decode())

    def test_refuses_to_send_what_is_not_json(self):
        with store(kind="nan") as plugin:
            self.assertIn("ValueError", plugin.error("store/list", limit=5)["message"])
            self.assertEqual(plugin.request("ping"), {})

    def test_hands_on_the_kind_of_an_error_with_all_it_knows(self):
        with store(kind="error") as plugin:
            self.assertEqual(plugin.error("store/list", limit=1), {
                "code": -32000, "kind": "rate-limited", "message": "too many numbers", "pointer": "/count",
                "hint": "count less", "retryAfterMs": 1500})

    def test_tells_of_progress_and_changes(self):
        with store(kind="leak") as plugin:
            identity = plugin.send("store/list", limit=1)
            plugin.message()
            self.assertEqual(plugin.notifications, [
                {"jsonrpc": "2.0", "method": "$/progress", "params": {"id": identity}},
                {"jsonrpc": "2.0", "method": "store/changed", "params": {}}])

    def test_says_on_a_terminal_what_it_is_and_how_to_check_it(self):
        controller, terminal = pty.openpty()
        done = subprocess.run([sys.executable, "counting_store.py"], cwd=FIXTURES, stdin=terminal, capture_output=True,
                              text=True, timeout=30, check=False)
        os.close(terminal)
        os.close(controller)
        self.assertEqual(done.returncode, 1)
        self.assertIn("counting 1.2.3 is a store plugin of Docket", done.stderr)
        self.assertIn("docket plugin check .", done.stderr)


class ACancellation(unittest.TestCase):
    def test_stops_the_request_in_work_which_is_answered_once(self):
        with store(kind="slow", at=2) as plugin:
            identity = plugin.send("store/list", limit=5)
            time.sleep(0.3)
            plugin.cancel(identity)
            message = plugin.message(timeout=15)
            self.assertEqual((message["id"], message["error"]["code"], message["error"]["message"]),
                             (identity, -32800, "the request was cancelled"))
            self.assertEqual(plugin.request("store/list", limit=2)["tickets"], [{"id": "0"}, {"id": "1"}])

    def test_reaches_a_request_that_waits(self):
        with store(kind="slow") as plugin:
            first, second = plugin.send("store/list", limit=5), plugin.send("store/list", limit=5)
            third = plugin.send("ping")
            plugin.cancel(second)
            plugin.cancel(first)
            answers = [plugin.message(timeout=15) for _ in range(3)]
            self.assertEqual([each["id"] for each in answers], [first, second, third])
            self.assertEqual([each.get("error", {}).get("code") for each in answers], [-32800, -32800, None])

    def test_before_the_request_and_after_the_answer_means_nothing(self):
        with store() as plugin:
            plugin.cancel("1")
            plugin.cancel("2")
            identity = plugin.send("store/list", limit=5)
            self.assertEqual(len(plugin.message()["result"]["tickets"]), 5)
            plugin.cancel(identity)
            plugin.cancel("never sent")
            self.assertEqual(plugin.request("ping"), {})


class ADeadline(unittest.TestCase):
    def test_ends_a_request_with_an_error_that_is_tried_again(self):
        with store(kind="slow", at=2) as plugin:
            error = plugin.error("store/list", limit=5, deadlineMs=200)
            self.assertEqual((error["code"], error["kind"], error["message"]),
                             (-32000, "transient", "the request took longer than its deadline"))
            self.assertEqual(plugin.request("store/list", limit=2)["tickets"], [{"id": "0"}, {"id": "1"}])

    def test_of_one_request_does_not_reach_the_next(self):
        with store(kind="slow", at=9) as plugin:
            for _ in range(50):
                self.assertEqual(len(plugin.request("store/list", limit=5, deadlineMs=5000)["tickets"]), 5)
            identity = plugin.send("store/list", limit=10, deadlineMs=400)
            self.assertEqual(plugin.message(timeout=15)["id"], identity)
            self.assertEqual(plugin.request("ping", deadlineMs=10_000), {})

    def test_of_zero_or_beyond_all_years_is_a_deadline_too(self):
        with store() as plugin:
            self.assertEqual(plugin.request("ping", deadlineMs=10**18), {})
            self.assertEqual(len(plugin.request("store/list", limit=5, deadlineMs=10**30)["tickets"]), 5)


class TheEndOfTheInput(unittest.TestCase):
    """The fixture's work takes 20 seconds, so that an exit within 10 is no accident on a machine however slow."""

    def assert_soon_gone(self, plugin):
        start = time.monotonic()
        self.assertEqual(plugin.end(), 0)
        self.assertLess(time.monotonic() - start, 10)

    def test_ends_an_idle_plugin(self):
        with closed_store() as plugin:
            plugin.request("ping")
            self.assert_soon_gone(plugin)
        with store() as plugin:
            self.assert_soon_gone(plugin)

    def test_ends_a_plugin_at_work_and_one_that_does_not_listen(self):
        for kind in ("slow", "deaf"):
            with self.subTest(kind), store(kind=kind) as plugin:
                plugin.send("store/list", limit=5)
                time.sleep(0.2)
                self.assert_soon_gone(plugin)

    def test_ends_a_plugin_that_nobody_reads_from(self):
        process = subprocess.Popen([sys.executable, "counting_store.py"], cwd=FIXTURES, stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        process.stdin.write(b'{"jsonrpc":"2.0","id":"1","method":"initialize","params":{"protocol":1,"config":{"count":90000}}}\n'
                            b'{"jsonrpc":"2.0","id":"2","method":"store/list","params":{"limit":90000}}\n')
        process.stdin.close()
        try:
            self.assertEqual(process.wait(timeout=60), 0)
        finally:
            process.kill()
            process.stdout.close()

    def test_leaves_time_to_answer_what_was_asked(self):
        with closed_store() as plugin:
            plugin.write(b'{"jsonrpc":"2.0","id":"1","method":"initialize","params":{"protocol":1}}\n'
                         b'{"jsonrpc":"2.0","id":"2","method":"store/list","params":{"limit":3}}')
            plugin.process.stdin.close()
            self.assertEqual([plugin.message()["id"] for _ in range(2)], ["1", "2"])
            self.assertEqual(plugin.line(), b"")

    def test_in_the_middle_of_a_line_is_an_end_all_the_same(self):
        with store() as plugin:
            plugin.write(b'{"jsonrpc":"2.0","id":"1","meth')
            self.assert_soon_gone(plugin)

    def test_need_not_come_where_there_is_a_signal(self):
        with store(kind="slow") as plugin:
            plugin.send("store/list", limit=5)
            plugin.process.send_signal(signal.SIGTERM)
            self.assertEqual(plugin.process.wait(timeout=60), -signal.SIGTERM)


class AStore(unittest.TestCase):
    def test_has_no_gaps_and_no_repeats_whatever_the_limit(self):
        with store(count=1203) as plugin:
            expected = [{"id": str(number)} for number in range(1203)]
            for limit in (1, 7, 500, 1203, 5000):
                self.assertEqual(plugin.tickets(limit), expected)

    def test_gives_its_watermark_with_the_last_page_and_reads_on_from_there(self):
        with store(count=10) as plugin:
            pages = plugin.pages(4)
            self.assertEqual([page.get("watermark") for page in pages], [None, None, "10"])
            self.assertEqual(plugin.tickets(since="7"), [{"id": "7"}, {"id": "8"}, {"id": "9"}])
            self.assertEqual(plugin.tickets(limit=2, since="7"), plugin.tickets(limit=3, since="7"))

    def test_finds_a_cursor_again_after_a_restart_and_out_of_order(self):
        with store(count=30) as first, store(count=30) as second:
            cursor = first.request("store/list", limit=11)["nextCursor"]
            page = second.request("store/list", limit=3, cursor=cursor)
            self.assertEqual(page["tickets"], [{"id": "11"}, {"id": "12"}, {"id": "13"}])
            self.assertEqual(second.request("store/list", limit=3, cursor=cursor), page)
            last = first.pages(29)[0]["nextCursor"]
            self.assertEqual(second.request("store/list", limit=3, cursor=last)["tickets"], [{"id": "29"}])
            for wrong in ("-1", "29", "1-", "1-x", "1-1-1"):
                self.assertEqual(second.error("store/list", limit=3, cursor=wrong)["message"],
                                 "the cursor is none of this store's")

    def test_passes_over_no_ticket_where_others_stand_before_a_cursor_after_a_restart(self):
        with store(count=30) as first:
            cursor = first.request("store/list", limit=11)["nextCursor"]
        for others in ({"count": 10}, {"count": 30, "kind": "malformed", "at": 3}, {"count": 30, "kind": "large", "size": 9, "at": 10}):
            with store(**others) as second:
                self.assertEqual(second.error("store/list", limit=3, cursor=cursor)["message"],
                                 "the tickets changed while they were read, and the reading was interrupted meanwhile")
        with store(count=12, kind="broken", at=1) as first, store(count=12, kind="broken", at=1) as second:
            cursor = first.request("store/list", limit=9)["nextCursor"]
            self.assertEqual(second.request("store/list", limit=9, cursor=cursor)["tickets"],
                             first.request("store/list", limit=9, cursor=cursor)["tickets"])

    def test_says_the_source_the_lines_and_the_versions_beside_the_tickets(self):
        with store(count=3) as plugin:
            self.assertEqual(plugin.request("store/list", limit=3), {
                "tickets": [{"id": "0"}, {"id": "1"}, {"id": "2"}], "nextCursor": "3-2333542460", "source": "numbers",
                "lines": [1, 0, 3], "versions": ["v1", "", "v1"], "malformed": []})

    def test_reports_malformed_records_with_their_position_and_reads_on(self):
        with store(count=4, kind="malformed", at=2) as plugin:
            pages = plugin.pages(3)
            self.assertEqual(pages[0]["malformed"], [{"position": 2, "line": 7, "message": "no number"}])
            self.assertEqual(pages[1]["malformed"], [{"position": 0, "line": 8, "message": "no number either"}])
            self.assertEqual(plugin.tickets(3), [{"id": str(number)} for number in range(4)])

    def test_looks_at_json_that_it_is_handed_so_that_no_record_breaks_the_line(self):
        with store(count=2, kind="broken", at=1) as plugin:
            page = plugin.request("store/list", limit=500)
            self.assertEqual(page["tickets"], [{"id": "0"}, {"id": "1"}])
            self.assertEqual(page["malformed"], [
                {"position": 1, "line": line, "message": "the record is not JSON"} for line in range(1, 7)])
            self.assertEqual(plugin.request("store/get", ids=["1", "cut"])["missing"], ["cut"])

    def test_cuts_a_page_before_it_exceeds_a_line_and_reports_a_ticket_that_exceeds_it_alone(self):
        with store(count=4, kind="large", at=2, size=2 << 20) as plugin:
            pages = plugin.pages(500)
            self.assertEqual([len(page["tickets"]) for page in pages], [5])
        with store(count=4, kind="large", at=2, size=3 << 20) as plugin:
            pages = plugin.pages(500)
            self.assertEqual([len(page["tickets"]) for page in pages], [2, 2])
            self.assertRegex(pages[1]["malformed"][0]["message"], r"^the ticket has \d+ bytes; a page has room for \d+$")

    def test_gets_tickets_by_id_and_names_those_that_are_missing(self):
        with store() as plugin:
            answer = plugin.request("store/get", ids=["7", "none", "2"])
            self.assertEqual((answer["tickets"], answer["missing"]), ([{"id": "2"}, {"id": "7"}], ["none"]))

    def test_keeps_decisions_where_it_says_that_it_can(self):
        with store() as plugin:
            self.assertEqual(plugin.request("store/write", decisions=[{"ticket": "1", "decision": {}}]),
                             {"results": [{"ticket": "1", "status": "written"}]})

    def test_reports_problems_without_an_error(self):
        with store(count=0) as plugin:
            self.assertEqual(plugin.request("check"), {
                "ok": False, "problems": [{"message": "there is nothing to count", "pointer": "/count"}]})
            self.assertEqual(plugin.request("store/describe"), {"fields": []})


class ANotifier(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name) / "delivered"
        self.plugin = PluginProcess(FIXTURES, {"path": str(self.path)},
                                    [sys.executable, "-W", "error", "recording_notifier.py"])

    def deliver(self, plugin, *items):
        return plugin.request("notifier/deliver", deliveries=[{"key": key, "title": title} for key, title in items])

    def test_answers_with_one_receipt_a_delivery_in_order(self):
        with self.plugin as plugin:
            self.assertEqual(self.deliver(plugin, ("a", "fine"), ("b", "permanent:no"), ("c", "transient:later"),
                                          ("d", "rate-limited:too much"))["results"], [
                {"key": "a", "status": "delivered"},
                {"key": "b", "status": "rejected", "error": "no"},
                {"key": "c", "status": "retry", "error": "later"},
                {"key": "d", "status": "retry", "retryAfterMs": 250, "error": "too much"}])

    def test_delivers_a_key_once_but_tries_again_what_failed(self):
        with self.plugin as plugin:
            self.deliver(plugin, ("a", "fine"), ("a", "fine"), ("b", "transient:later"))
            self.deliver(plugin, ("a", "fine"), ("b", "fine"))
        self.assertEqual(self.path.read_text(), "a\nb\nclosed\n")

    def test_stops_at_an_error_that_concerns_all_deliveries(self):
        with self.plugin as plugin:
            error = plugin.error("notifier/deliver", deliveries=[{"key": "a", "title": "fine"}, {"key": "b", "title": "auth:no"}])
            self.assertEqual((error["kind"], error["message"]), ("auth", "no"))
            self.deliver(plugin, ("a", "fine"))
        self.assertEqual(self.path.read_text(), "a\nclosed\n")

    def test_leaves_for_another_time_what_it_has_no_time_to_begin(self):
        with self.plugin as plugin:
            answer = plugin.request("notifier/deliver", deadlineMs=9000, deliveries=[
                {"key": "a", "title": "fine"}, {"key": "b", "title": "slow"}, {"key": "c", "title": "fine"}])
            self.assertEqual(answer["results"], [
                {"key": "a", "status": "delivered"}, {"key": "b", "status": "delivered"},
                {"key": "c", "status": "retry", "retryAfterMs": 0, "error": "there was no time left"}])

    def test_wants_a_key_and_knows_no_method_of_stores(self):
        with self.plugin as plugin:
            self.assertEqual(plugin.error("notifier/deliver", deliveries=[{"title": "x"}])["code"], -32602)
            for method in ("store/list", "store/write", "notifier/resolve"):
                self.assertEqual(plugin.error(method)["code"], -32601)

    def test_closes_with_shutdown_before_it_answers(self):
        with self.plugin as plugin:
            plugin.request("shutdown")
            self.assertEqual(self.path.read_text(), "closed\n")
            self.assertEqual(plugin.line(), b"")
        self.assertEqual(self.path.read_text(), "closed\n")


if __name__ == "__main__":
    unittest.main()
