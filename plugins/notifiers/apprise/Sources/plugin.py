"""The notifier `apprise`: to any of the services that the library of this name knows."""
from __future__ import annotations

import functools
import logging
import pathlib
import re
import sys
from typing import Any, NamedTuple

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "python"))
from docket_plugin import Notifier, PluginError, Settings, serve  # noqa: E402

INSTALL = "install it for the python3 of your PATH with: python3 -m pip install apprise"


class Address(NamedTuple):
    """A line of `urls`."""
    recipients: list[str]  # empty for one that gets everything
    service: str  # its name, for messages
    channel: Any


class AppriseNotifier(Notifier):
    name = "apprise"
    version = "1.0.0"

    def open(self, settings: Settings) -> None:
        try:
            import apprise
        except ImportError:
            raise PluginError("config", "the Python library apprise is not there", hint=INSTALL) from None
        self.log = _Codes()
        asset = apprise.AppriseAsset(app_id="Docket", app_desc="Docket", app_url="", async_mode=False)
        self.types = {"info": apprise.NotifyType.INFO, "warning": apprise.NotifyType.WARNING,
                      "error": apprise.NotifyType.FAILURE}
        self.title = settings.get("title", "[{ticket}] {title}")
        self.body = settings.get("body", "{body}\n{rule} {place}")
        self.format = apprise.NotifyFormat(settings.get("format", "text"))
        self.addresses = []
        for number, line in enumerate(settings["urls"].splitlines(), 1):
            found = re.match(r"\s*(?:([^=:/?#]+)=)?\s*([^\s#]\S*)\s*$", line)
            if found:
                service = apprise.Apprise.instantiate(found[2], asset=asset, suppress_exceptions=True)
                if service is None:
                    raise settings.wrong("urls", f"has an address on line {number} that apprise does not know",
                                         "addresses are listed at https://appriseit.com/services/")
                channel = apprise.Apprise(asset=asset)
                channel.add(service)
                recipients = [each.strip() for each in (found[1] or "").split(",") if each.strip()]
                self.addresses.append(Address(recipients, str(service.service_name), channel))
        if not self.addresses:
            raise settings.wrong("urls", "has no address", "write one a line, such as mailto://… or team=slack://…")
        self.arrived: dict[tuple[str, int], None] = {}  # of deliveries that failed elsewhere, the oldest first

    def deliver(self, delivery: dict) -> None:
        """Tells all addresses that are meant; when it comes again, those that failed."""
        to = delivery.get("to") or []
        meant = [(number, each) for number, each in enumerate(self.addresses)
                 if not each.recipients or any(one in to for one in each.recipients)]
        if not meant:
            raise PluginError("permanent", "no address in 'urls' is for these recipients")
        title, body = self._texts(delivery)
        failures = []
        for number, address in meant:
            if (delivery["key"], number) in self.arrived:
                continue
            kind = self.types.get(delivery.get("severity"), self.types["info"])
            send = functools.partial(address.channel.notify, body, title, kind, body_format=self.format)
            if self.log.watch(send):
                self.arrived[delivery["key"], number] = None
            else:
                failures.append(f"{address.service}{self.log.reason}")
        if failures:
            raise PluginError("transient", "apprise could not deliver by " + ", ".join(failures))
        while len(self.arrived) > 4096:
            del self.arrived[next(iter(self.arrived))]

    def _texts(self, delivery: dict) -> tuple[str, str]:
        """Title and body; services want a body, so a title alone becomes it."""
        title, body = (re.sub(r"\{(\w+)\}", lambda found: str(delivery.get(found[1], "")), template).strip()
                       for template in (self.title, self.body))
        return (title, body) if body else ("", title)


class _Codes(logging.Handler):
    """Keeps what apprise and those that it calls write to their logs from the world, for it may hold parts of addresses, and
    of it all remembers the code with which a server answered."""

    def __init__(self) -> None:
        super().__init__()
        self.reason = ""
        for name in ("apprise", "requests", "urllib3", "asyncio"):
            logger = logging.getLogger(name)
            logger.handlers, logger.propagate = [self], False

    def watch(self, action: Any) -> bool:
        self.reason = ""
        try:
            return bool(action())
        except Exception as error:
            self.reason = f" ({type(error).__name__})"
            return False

    def emit(self, record: logging.LogRecord) -> None:
        found = re.search(r"\berror=(\d{3})\b", record.getMessage())
        if found:
            self.reason = f" ({found[1]})"


serve(AppriseNotifier)
