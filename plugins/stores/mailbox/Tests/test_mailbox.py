"""The store as a process, over maildirs and mboxes that Python's own `mailbox` and `email` write."""
import base64
import datetime
import email.header
import email.message
import email.utils
import json
import mailbox
import os
import pathlib
import quopri
import shutil
import sys
import tempfile
import unittest

PLUGIN = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PLUGIN.parents[1] / "python" / "Tests")]
from plugin_process import PluginProcess  # noqa: E402

SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
NAME, ADDRESS = "王小明", "xiaoming@example.cn"


def mail(number, subject="问题", text="系统无法登录\n", minute=0, sender=(NAME, ADDRESS), answers=None, **headers):
    message = email.message.EmailMessage()
    message["From"] = email.utils.formataddr(sender)
    message["To"] = "support@example.cn"
    message["Subject"] = subject
    message["Date"] = datetime.datetime(2026, 10, 12, 10, minute, tzinfo=SHANGHAI)
    message["Message-ID"] = f"<{number}@example.cn>"
    if answers is not None:
        message["In-Reply-To"] = f"<{answers}@example.cn>"
        message["References"] = f"<{answers}@example.cn>"
    for key, value in headers.items():
        message[key.replace("_", "-")] = value
    message.set_content(text)
    return message


class Folders(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def mbox(self, *messages):
        path = self.folder / "support.mbox"
        path.unlink(missing_ok=True)
        with_lock = mailbox.mbox(str(path))
        for message in messages:
            with_lock.add(message)
        with_lock.close()
        return path

    def maildir(self, *messages):
        path = self.folder / "support"
        shutil.rmtree(path, ignore_errors=True)
        box = mailbox.Maildir(str(path))
        for message in messages:
            box.add(message)
        return path

    def tickets(self, path, **config):
        with PluginProcess(str(PLUGIN), {"path": str(path), **config}) as plugin:
            return {each["id"]: each for each in plugin.tickets()}

    def ticket(self, *messages, **config):
        """The one ticket of these messages, the same from a maildir as from an mbox."""
        (first,) = self.tickets(self.mbox(*messages), **config).values()
        (second,) = self.tickets(self.maildir(*messages), **config).values()
        self.assertEqual(first, second)
        return first


class AMessage(Folders):
    def test_becomes_a_submission(self):
        self.assertEqual(self.ticket(mail(1)), {
            "id": "1@example.cn", "source": "email", "status": "submitted", "title": "问题", "description": "系统无法登录",
            "submitted_at": "2026-10-12T10:00:00+08:00", "contact": {"name": "Requester*"},
            "history": [{"at": "2026-10-12T10:00:00+08:00", "by": "requester", "set": {
                "source": "email", "status": "submitted", "title": "问题", "description": "系统无法登录",
                "submitted_at": "2026-10-12T10:00:00+08:00", "contact": {"name": "Requester*"}}}]})

    def test_has_the_number_in_its_subject_as_id_or_else_its_message_id_or_else_a_digest(self):
        self.assertEqual(self.ticket(mail(1, subject="Re: [202610-001] 登录"))["id"], "202610-001")
        self.assertEqual(self.ticket(mail(1, subject="2026101-001"))["id"], "1@example.cn")
        self.assertEqual(self.ticket(mail(1, subject="INC42 down"), number_pattern="INC[0-9]+")["id"], "INC42")
        nameless = mail(1)
        del nameless["Message-ID"]
        self.assertRegex(self.ticket(nameless)["id"], "^sha256-[0-9a-f]{32}$")

    def test_shows_who_sent_it_only_where_that_is_asked_for(self):
        masked = json.dumps(self.ticket(mail(1), masked_contact="客户联系人*"), ensure_ascii=False)
        self.assertIn("客户联系人*", masked)
        self.assertNotIn(NAME, masked)
        self.assertNotIn(ADDRESS, masked)
        self.assertEqual(self.ticket(mail(1), contact="plain")["contact"], {"name": NAME})
        self.assertEqual(self.ticket(mail(1, sender=("", ADDRESS)), contact="plain")["contact"], {"name": ADDRESS})
        self.assertNotIn("contact", self.ticket(mail(1), contact="none"))

    def test_is_mapped_as_the_settings_say(self):
        made = self.ticket(mail(1), fields={"description": "", "mail.id": "message_id"}, constants={"source": "邮件"})
        self.assertEqual((made["mail"], made["source"], "description" in made, "status" in made),
                         ({"id": "1@example.cn"}, "邮件", False, False))

    def test_is_read_in_every_usual_charset_and_encoding(self):
        text = "订单系统报错：500，影响全部门店。"
        for charset in ("utf-8", "gb2312", "gbk", "gb18030", "big5"):
            for encoding, transferred in [("base64", base64.encodebytes), ("quoted-printable", quopri.encodestring), ("8bit", bytes)]:
                body = "訂單系統" if charset == "big5" else text
                with self.subTest(charset, encoding=encoding):
                    head = (f"Subject: {email.header.Header(body, charset).encode()}\nMessage-ID: <1@x>\n"
                            f'Content-Type: text/plain; charset="{charset}"\nContent-Transfer-Encoding: {encoding}\n\n')
                    made = self.ticket(head.encode() + transferred(body.encode(charset)))
                    self.assertEqual((made["title"], made["description"]), (body, body))

    def test_is_read_where_charsets_are_missing_wrong_or_unknown(self):
        text = "系统无法登录"
        for head, body in [
            ("Content-Type: text/plain", text.encode()), ("Content-Type: text/plain", text.encode("gb18030")),
            ("Content-Type: text/plain; charset=us-ascii", text.encode()), ("X: y", text.encode()),
            ("Content-Type: text/plain; charset=x-no-such", text.encode("gb18030")),
            ("Content-Type: text/plain; charset=utf-8", text.encode("gb18030")),
            ("Content-Type: text/plain; charset=hex", text.encode()), ("Content-Type: ;;;", text.encode()),
        ]:
            with self.subTest(head, body=body):
                subject = b"Subject: " + body
                made = self.ticket(b"\n".join([subject, b"Message-ID: <1@x>", head.encode(), b"", body, b""]))
                self.assertEqual((made["title"], made["description"]), (text, text))

    def test_is_read_where_words_are_encoded_as_nobody_should(self):
        encoded = "=?gb2312?B?" + _base64("系统无法".encode("gb2312")[:5]) + "?= =?gb2312?B?" + _base64("系统无法".encode("gb2312")[5:]) + "?="
        for subject, title in [
            (encoded, "系统无法"), ("=?utf-8?Q?=E7=B3=BB?=\n =?utf-8?Q?=E7=BB=9F?=", "系统"), ("=?utf-8?B?=?=", None),
            ("=?nope?Q?abc?=", "abc"), ("a\n\tb", "a b"), ("", ""),
        ]:
            with self.subTest(subject):
                made = self.ticket(f"Subject: {subject}\nMessage-ID: <1@x>\nFrom: a@b\n\ntext\n".encode())
                if title is not None:
                    self.assertEqual(made.get("title", ""), title)

    def test_prefers_plain_text_and_else_strips_html(self):
        message = mail(1, text="plain")
        message.add_alternative("<p>rich</p>", subtype="html")
        self.assertEqual(self.ticket(message)["description"], "plain")
        for rich, text in [
            ("<html><head><title>t</title><style>p{}</style></head><body><p>第一行</p><p>第二&nbsp;行 &amp; 更多</p>"
             "<script>alert(1)</script></body></html>", "第一行\n\n第二 行 & 更多"),
            ("a<br>b<br/>c", "a\nb\nc"), ("<table><tr><td>a<td>b</table>", "a\nb"), ("<b>unclosed <i>tags", "unclosed tags"),
            ("<head><title>t</title><body>seen", "seen"), ("1 < 2 &unknown; <!-- x", "1 < 2 &unknown;"),
            ("<!DOCTYPE <x> text", "text"), ("a <", "a <"), ("a <b", "a"), ("<STYLE>x</Style >y", "y"),
        ]:
            with self.subTest(rich):
                message = mail(1)
                message.set_content(rich, subtype="html", cte="base64")
                made = self.ticket(message)
                self.assertEqual(made["description"], text)

    def test_has_its_attachments_by_name(self):
        message = mail(1)
        message.add_attachment(b"x", maintype="image", subtype="png", filename="截图.png")
        message.add_attachment("log", filename="../../etc/passwd")
        message.add_attachment(mail(2))
        message.add_attachment(b"x", maintype="application", subtype="pdf", filename="=?utf-8?B?" + _base64("报告.pdf".encode()) + "?=")
        made = self.ticket(message)
        self.assertEqual((made["attachments"], made["description"]),
                         (["截图.png", "passwd", "message/rfc822", "报告.pdf"], "系统无法登录"))

    def test_has_the_instant_of_its_date_with_the_zone_in_which_it_was_written(self):
        for date, instant in [
            ("Mon, 12 Oct 2026 10:00:00 +0800 (CST)", "2026-10-12T10:00:00+08:00"),
            ("12 Oct 2026 10:00 -0330", "2026-10-12T10:00:00-03:30"), ("Mon, 12 Oct 2026 10:00:00 GMT", "2026-10-12T10:00:00+00:00"),
            ("Mon, 12 Oct 2026 10:00:00", "2026-10-12T10:00:00+08:00"),
            ("Mon, 12 Oct 2026 10:00:00 -0000", "2026-10-12T10:00:00+08:00"),
            ("yesterday", "2026-10-11T09:00:00+08:00"), ("Mon, 99 Oct 2026 99:00:00 +9999", "2026-10-11T09:00:00+08:00"),
        ]:
            with self.subTest(date):
                raw = f"Received: from a by b; Sun, 11 Oct 2026 09:00:00 +0800\nDate: {date}\nMessage-ID: <1@x>\n\nx\n"
                self.assertEqual(self.ticket(raw.encode(), time_zone="Asia/Shanghai")["submitted_at"], instant)
        made = self.ticket(b"Message-ID: <1@x>\nSubject: s\n\nx\n")
        self.assertEqual(("submitted_at" in made, made["history"]), (False, []))

    def test_is_cut_where_it_is_long(self):
        self.assertEqual(self.ticket(mail(1, text="一二三四五六\n"), description_limit=4)["description"], "一二三…")


class Replies(Folders):
    desk = ("客服", "desk@example.cn")

    def conversation(self):
        return [
            mail(1), mail(2, answers=1, minute=1, sender=("", "robot@example.cn"), Auto_Submitted="auto-replied"),
            mail(3, "Re: [202610-007] 问题", answers=1, minute=30, sender=self.desk), mail(4, answers=3, minute=40),
            mail(5, answers=4, minute=41, Auto_Submitted="auto-replied")]

    def test_are_the_history_of_the_first_message(self):
        made = self.ticket(*self.conversation())
        self.assertEqual(made["id"], "202610-007")
        self.assertEqual((made["acknowledged_at"], made["responded_at"], made["last_message_at"]), (
            "2026-10-12T10:01:00+08:00", "2026-10-12T10:30:00+08:00", "2026-10-12T10:40:00+08:00"))
        self.assertEqual(made["history"][1:], [
            {"at": "2026-10-12T10:01:00+08:00", "by": "team", "set": {
                "acknowledged_at": "2026-10-12T10:01:00+08:00", "last_message_at": "2026-10-12T10:01:00+08:00"}},
            {"at": "2026-10-12T10:30:00+08:00", "by": "team", "set": {
                "responded_at": "2026-10-12T10:30:00+08:00", "last_message_at": "2026-10-12T10:30:00+08:00"}},
            {"at": "2026-10-12T10:40:00+08:00", "by": "requester", "set": {"last_message_at": "2026-10-12T10:40:00+08:00"}}])

    def test_are_found_whatever_the_order_in_which_they_came(self):
        messages = self.conversation()
        made = self.ticket(*messages)
        self.assertEqual(self.ticket(*messages[::-1]), made)
        self.assertEqual(self.ticket(*messages[2:], *messages[:2]), made)

    def test_are_found_by_the_ticket_in_their_subject_and_by_a_message_that_is_not_there(self):
        self.assertEqual(len(self.tickets(self.mbox(mail(1, "202610-001"), mail(2, "AW: 202610-001"), mail(3, "202610-002")))), 2)
        self.assertEqual(len(self.tickets(self.mbox(mail(1, answers=9), mail(2, answers=9)))), 1)

    def test_join_conversations_that_looked_like_two(self):
        messages = [mail(1), mail(2, minute=1), mail(3, minute=2, answers=2), mail(4, minute=3, answers=3)]
        del messages[2]["References"]
        messages[2]["References"] = "<1@example.cn> <2@example.cn>"
        self.assertEqual(list(self.tickets(self.mbox(*messages))), ["1@example.cn"])

    def test_are_tickets_of_their_own_or_nothing_where_that_is_asked_for(self):
        tickets = self.tickets(self.mbox(*self.conversation()), replies="tickets")
        self.assertEqual(list(tickets), [f"{number}@example.cn" for number in range(1, 6)])
        self.assertEqual({len(each["history"]) for each in tickets.values()}, {1})
        self.assertEqual(len(self.ticket(*self.conversation(), replies="ignore")["history"]), 1)

    def test_show_who_sent_them_only_where_that_is_asked_for(self):
        made = self.ticket(*self.conversation(), contact="plain")
        self.assertEqual([each["by"] for each in made["history"]], [ADDRESS, "robot@example.cn", self.desk[1], ADDRESS])


class AFolder(Folders):
    def test_is_read_in_pages_of_any_size_without_a_change_to_it(self):
        for path in (self.mbox(*map(mail, range(30))), self.maildir(*map(mail, range(30)))):
            before = _state(path)
            with PluginProcess(str(PLUGIN), {"path": str(path)}) as plugin:
                expected = plugin.tickets(500)
                self.assertEqual(sorted(each["id"] for each in expected), sorted(f"{number}@example.cn" for number in range(30)))
                for limit in (1, 7):
                    self.assertEqual(plugin.tickets(limit), expected)
                self.assertEqual(plugin.request("store/list", limit=1)["source"], path.name)
            self.assertEqual(_state(path), before)

    def test_is_read_on_from_a_watermark_with_the_conversations_that_went_on(self):
        messages = [mail(1), mail(2), mail(3)]
        for make in (self.mbox, self.maildir):
            path = make(*messages)
            if path.is_dir():
                for name in (path / "new").iterdir():
                    os.utime(name, (1, 1))
            with PluginProcess(str(PLUGIN), {"path": str(path)}) as plugin:
                watermark = plugin.pages()[-1]["watermark"]
                box = mailbox.Maildir(str(path)) if path.is_dir() else mailbox.mbox(str(path))
                box.add(mail(4, answers=2))
                box.add(mail(5))
                box.close()
                pages = plugin.pages(since=watermark)
                ids = {each["id"] for each in pages[0]["tickets"]}
                self.assertLessEqual({"2@example.cn", "5@example.cn"}, ids)
                if not path.is_dir():
                    self.assertEqual(len(ids), 2)
                    self.assertEqual(plugin.tickets(since=pages[-1]["watermark"]), [])
                    self.assertEqual(len(plugin.tickets(since="nonsense")), 4)

    def test_is_read_in_the_order_in_which_its_messages_came(self):
        path = self.maildir()
        for name, number in (("1795.M95000P7Q1.host", 2), ("1795.M300000P7Q2.host", 4)):
            (path / "new" / name).write_bytes(bytes(mail(number, answers=2 if number == 4 else None)))
        self.assertEqual(list(self.tickets(path)), ["2@example.cn"])

    def test_whose_mbox_was_rewritten_is_read_from_the_beginning(self):
        with PluginProcess(str(PLUGIN), {"path": str(self.mbox(mail(1), mail(2), mail(3)))}) as plugin:
            watermark = plugin.pages()[-1]["watermark"]
            self.mbox(mail(2), mail(3), mail(4, text="longer " * 100))
            self.assertEqual(len(plugin.tickets(since=watermark)), 3)

    def test_keeps_lines_that_only_look_like_the_beginning_of_a_message(self):
        text = "From here on it fails\n\nFrom the log:\nFrom a@b Mon Oct 12 10:00:00 2026 inline\n"
        made = self.ticket(mail(1, text=text))
        self.assertEqual(made["description"], text.strip())

    def test_with_copies_of_a_message_has_it_once(self):
        self.assertEqual(len(self.tickets(self.mbox(mail(1), mail(1), mail(2)))), 2)

    def test_reports_what_is_no_message_and_reads_the_others(self):
        path = self.maildir(mail(1), b"", b"no header " + NAME.encode(), b"\x00\xff\xfe" * 1000, b"\n\nbody", mail(2))
        with PluginProcess(str(PLUGIN), {"path": str(path)}) as plugin:
            page = plugin.request("store/list", limit=500)
            self.assertEqual(len(page["tickets"]), 2)
            self.assertEqual(sorted(each["message"].partition(":")[0] for each in page["malformed"]), [
                "the message has no header", "the message has no header", "the message has no header", "the message is empty"])
            self.assertNotIn(NAME, json.dumps(page["malformed"], ensure_ascii=False))
        path = self.folder / "broken.mbox"
        path.write_bytes(b"From a@b Mon Oct 12 10:00:00 2026\nno header\n\n" + b"From a@b Mon Oct 12 10:00:00 2026\nSubject: x\n\ny\n")
        with PluginProcess(str(PLUGIN), {"path": str(path)}) as plugin:
            page = plugin.request("store/list", limit=500)
            self.assertEqual((len(page["tickets"]), page["malformed"]),
                             (1, [{"position": 0, "line": 1, "message": "the message has no header"}]))

    def test_survives_messages_that_attack(self):
        nested = b'Content-Type: multipart/mixed; boundary="b"\n\n' + b'--b\nContent-Type: multipart/mixed; boundary="b"\n\n' * 3000
        for attack in [
            nested, b"Message-ID: <1@x>\n" + b"References: " + b"<a@b> " * 100_000 + b"\n\nx", b"A: " + b"(" * 100_000 + b"\n\nx",
            b"From: " + b'"' * 100_000 + b"\n\nx", b"Subject: " + b"=?utf-8?B?" * 20_000 + b"\n\nx",
            b"Content-Type: text/html\n\n" + b"<" * 200_000, b"Content-Type: text/html\n\n<!" + b"<![" * 50_000,
            b"Content-Type: text/plain; charset*0*=x''%ff; charset*1=" + b"a" * 100_000 + b"\n\nx",
            b"Content-Disposition: attachment; filename*=nope'x'%ff%fe\n\nx", b"Subject: a\nDate: " + b"9" * 5000 + b"\n\nx",
            b"Content-Transfer-Encoding: base64\n\n" + b"=" * 1000, b"Subject: x\n" * 50_000 + b"\nx",
        ]:
            with self.subTest(attack[:40]), PluginProcess(str(PLUGIN), {"path": str(self.maildir(attack, mail(1)))}) as plugin:
                page = plugin.request("store/list", limit=500)
                self.assertEqual(len(page["tickets"]) + len(page["malformed"]), 2)
                self.assertIn("1@example.cn", [each["id"] for each in page["tickets"]])

    def test_gives_single_tickets(self):
        with PluginProcess(str(PLUGIN), {"path": str(self.mbox(mail(1), mail(2)))}) as plugin:
            answer = plugin.request("store/get", ids=["2@example.cn", "9@example.cn"])
            self.assertEqual(([each["id"] for each in answer["tickets"]], answer["missing"]), (["2@example.cn"], ["9@example.cn"]))

    def test_is_checked_by_its_beginning(self):
        path = self.folder / "file"
        for content, count in [(b"", 0), (b"From a@b Mon Oct 12 10:00:00 2026\n", 0), (b"Subject: x\n", 1)]:
            path.write_bytes(content)
            with self.subTest(content), PluginProcess(str(PLUGIN), {"path": str(path)}) as plugin:
                self.assertEqual(len(plugin.request("check")["problems"]), count)

    def test_describes_the_fields_of_its_tickets(self):
        message = mail(1)
        message.add_attachment(b"x", maintype="image", subtype="png", filename="a.png")
        with PluginProcess(str(PLUGIN), {"path": str(self.mbox(message, mail(2, answers=1)))}) as plugin:
            fields = {each["name"]: each["type"] for each in plugin.request("store/describe")["fields"]}
            self.assertLessEqual({*plugin.tickets()[0], "contact.name"} - {"history", "contact"}, set(fields))
            self.assertEqual((fields["submitted_at"], fields["attachments"]), ("instant", "list"))

    def test_that_is_none_is_refused_with_the_wrong_setting(self):
        with PluginProcess(str(PLUGIN)) as plugin:
            for config, pointer, message in [
                ({"path": str(self.folder / "none")}, "/path", "'path' is not there"),
                ({"path": str(self.folder)}, "/path", "'path' is a folder, but no maildir"),
                ({"path": __file__, "number_pattern": "("}, "/number_pattern", "'number_pattern' is no regular expression"),
                ({"path": __file__, "time_zone": "Mars"}, "/time_zone", "'time_zone' is not the name of a time zone"),
                ({"path": __file__, "fields": {"title": "body"}}, "/fields/title", "'body' is no part of a message"),
            ]:
                error = plugin.error("initialize", protocol=1, config=config)
                self.assertEqual((error["kind"], error["pointer"], error["message"]), ("config", pointer, message))


def _base64(data):
    return base64.b64encode(data).decode()


def _state(path):
    files = [path] if path.is_file() else sorted(each for each in path.rglob("*") if each.is_file())
    return [(str(each), each.stat().st_mtime_ns, each.read_bytes()) for each in files]


if __name__ == "__main__":
    unittest.main()
