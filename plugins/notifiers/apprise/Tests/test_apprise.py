"""The notifier as a process, with the real library, delivering to a real receiver."""
import importlib.util
import json
import pathlib
import sys
import tempfile
import unittest

PLUGIN = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PLUGIN / "Tests"), str(PLUGIN.parents[1] / "python" / "Tests")]
from plugin_process import PluginProcess  # noqa: E402
from receiver import Receiver  # noqa: E402

HAS_APPRISE = importlib.util.find_spec("apprise") is not None
SECRET = "5e884898da28"
COMMAND = [sys.executable, "Sources/plugin.py"]  # the library itself is not free of warnings


def notice(key, **more):
    return {"key": key, "notice": "finding", "ticket": "202610-001", "rule": "F-10", "place": "rules/fields.yaml:12", "to": [],
            "title": "the error text is missing", "body": "", "severity": "error", **more}


@unittest.skipUnless(HAS_APPRISE, "the library apprise is not there")
class TheNotifier(unittest.TestCase):
    def setUp(self):
        self.receiver = Receiver()
        self.receiver.__enter__()
        self.addCleanup(self.receiver.__exit__)

    def notifier(self, *lines, **config):
        urls = "\n".join(line.replace("URL", self.receiver.url) for line in lines or ["URL"])
        return PluginProcess(str(PLUGIN), {"urls": urls, **config}, COMMAND)

    def deliver(self, plugin, *notices):
        return plugin.request("notifier/deliver", deliveries=list(notices), deadlineMs=30_000)["results"]

    def test_delivers_title_text_and_severity(self):
        with self.notifier() as plugin:
            for severity, kind in [("info", "info"), ("warning", "warning"), ("error", "failure")]:
                receipts = self.deliver(plugin, notice(severity, severity=severity, body="缺少报错信息"))
                self.assertEqual(receipts, [{"key": severity, "status": "delivered"}])
                arrived = self.receiver.arrived.pop()
                self.assertEqual((arrived["title"], arrived["message"], arrived["type"]), (
                    "[202610-001] the error text is missing", "缺少报错信息\nF-10 rules/fields.yaml:12", kind))

    def test_words_its_texts_as_the_settings_say(self):
        for config, title, message in [
            ({"title": "{rule}", "body": ""}, "", "F-10"), ({"body": "{severity}: {unknown}{key}"}, None, "error: k"),
            ({"body": "a <b> & *c*", "format": "markdown"}, None, "a <b> & *c*"),
        ]:
            with self.subTest(config), self.notifier(**config) as plugin:
                self.deliver(plugin, notice("k"))
                arrived = self.receiver.arrived.pop()
                self.assertEqual(arrived["message"], message)
                if title is not None:
                    self.assertEqual(arrived["title"], title)

    def test_tells_a_recipient_what_is_for_it_and_the_others_all(self):
        with self.notifier("# all", "URL/all", "", "软件开发组, desk = URL/team?a=b") as plugin:
            self.deliver(plugin, notice("a"), notice("b", to=["desk"]), notice("c", to=["软件开发组"]), notice("d", to=["other"]))
        self.assertEqual([each["path"].partition("?")[0] for each in self.receiver.arrived],
                         ["/all", "/all", "/team", "/all", "/team", "/all"])
        with self.notifier("desk=URL") as plugin:
            self.assertEqual(self.deliver(plugin, notice("a", to=["other"])), [
                {"key": "a", "status": "rejected", "error": "no address in 'urls' is for these recipients"}])

    def test_asks_for_another_try_where_a_delivery_fails_and_delivers_once(self):
        for status in (500, 429, 404):
            with self.subTest(status), self.notifier() as plugin:
                self.receiver.arrived.clear()
                self.receiver.answers = [status]
                self.assertEqual(self.deliver(plugin, notice("a"), notice("b")), [
                    {"key": "a", "status": "retry", "error": f"apprise could not deliver by JSON ({status})"},
                    {"key": "b", "status": "delivered"}])
                self.assertEqual(self.deliver(plugin, notice("a"), notice("b"))[0]["status"], "delivered")
                self.assertEqual(len(self.receiver.arrived), 2)

    def test_tries_again_only_the_address_that_failed(self):
        with self.notifier("URL/one", "URL/two", "URL/three") as plugin:
            self.receiver.answers = [200, 500, 200]
            self.assertEqual(self.deliver(plugin, notice("a"))[0]["status"], "retry")
            self.assertEqual(self.deliver(plugin, notice("a"))[0]["status"], "delivered")
        self.assertEqual([each["path"].partition("?")[0] for each in self.receiver.arrived], ["/one", "/three", "/two"])

    def test_asks_for_another_try_where_nobody_listens(self):
        with Receiver() as gone:
            pass
        with self.notifier(gone.url) as plugin:
            self.assertEqual(self.deliver(plugin, notice("a")), [
                {"key": "a", "status": "retry", "error": "apprise could not deliver by JSON"}])

    def test_points_at_an_address_that_is_none_without_repeating_it(self):
        with PluginProcess(str(PLUGIN), None, COMMAND) as plugin:
            for urls, message in [
                (f"\nnope://{SECRET}", "'urls' has an address on line 2 that apprise does not know"),
                (SECRET, "'urls' has an address on line 1 that apprise does not know"),
                ("\n# none\n", "'urls' has no address"),
            ]:
                error = plugin.error("initialize", protocol=1, config={"urls": urls})
                self.assertEqual((error["kind"], error["pointer"], error["message"]), ("config", "/urls", message))
                self.assertNotIn(SECRET, json.dumps(error))

    def test_shows_no_part_of_an_address_anywhere(self):
        lines = [f"json://{SECRET}:{SECRET}@127.0.0.1:1/{SECRET}", f"slack://{SECRET}/{SECRET}/{SECRET}", "URL/" + SECRET]
        self.receiver.answers = [500]
        with self.notifier(lines[0], lines[2]) as plugin:
            answers = [self.deliver(plugin, notice("a")), plugin.request("check")]
        self.assertNotIn(SECRET, json.dumps(answers) + plugin.log.decode())
        with PluginProcess(str(PLUGIN), None, COMMAND) as plugin:
            plugin.response("initialize", protocol=1, config={"urls": lines[1]})
        self.assertNotIn(SECRET, plugin.log.decode())


class WithoutTheLibrary(unittest.TestCase):
    def test_says_how_to_install_it(self):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "apprise.py").write_text("raise ImportError")
            with PluginProcess(str(PLUGIN), environment={"PYTHONPATH": folder}) as plugin:
                error = plugin.error("initialize", protocol=1, config={"urls": "json://localhost"})
        self.assertEqual((error["kind"], error["message"], error["hint"]), (
            "config", "the Python library apprise is not there",
            "install it for the python3 of your PATH with: python3 -m pip install apprise"))


if __name__ == "__main__":
    unittest.main()
