"""As many tickets as it is told to have, as bytes."""
from docket_plugin import RawTicket, Store, serve


class Raw(Store):
    name = "python-raw"
    version = "1.0.0"

    def open(self, settings):
        self.count, self.padding = settings["count"], b"x" * settings["size"]

    def tickets(self, since):
        for number in range(self.count):
            yield RawTicket(b'{"id":"T-%d","text":"%b"}' % (number, self.padding))


serve(Raw)
