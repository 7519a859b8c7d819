"""As many tickets as it is told to have, as dicts."""
from docket_plugin import Store, serve


class Dicts(Store):
    name = "python-dicts"
    version = "1.0.0"

    def open(self, settings):
        self.count, self.padding = settings["count"], "x" * settings["size"]

    def tickets(self, since):
        for number in range(self.count):
            yield {"id": f"T-{number}", "text": self.padding}


serve(Dicts)
