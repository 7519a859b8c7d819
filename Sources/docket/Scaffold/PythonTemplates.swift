/// What a new plugin in Python begins with.
enum PythonTemplates {
  static let store = """
    \"""{name}: tickets from a file with one JSON object a line. Change `open` and `tickets` to read what you have.\"""
    from docket_plugin import RawTicket, Store, serve


    class {Type}(Store):
        name = "{name}"
        version = "0.1.0"

        def open(self, settings):
            self.path = self.source = settings["path"]
            try:
                open(self.path, "rb").close()
            except OSError as error:
                raise settings.wrong("path", f"cannot be read: {error.strerror}")

        def tickets(self, since):
            # Yield dicts where the tickets are not JSON yet. Always in the same order.
            with open(self.path, "rb") as lines:
                for number, line in enumerate(lines, 1):
                    if line.strip():
                        yield RawTicket(line.strip(), number)


    serve({Type})

    """

  static let notifier = """
    \"""{name}: one JSON line a delivery, into a file. Change `open` and `deliver` to reach the channel you have.\"""
    import json

    from docket_plugin import Notifier, serve


    class {Type}(Notifier):
        name = "{name}"
        version = "0.1.0"

        def open(self, settings):
            try:
                self.file = open(settings["path"], "a", encoding="utf-8")
            except OSError as error:
                raise settings.wrong("path", f"cannot be written: {error.strerror}")

        def deliver(self, delivery):
            # Raise PluginError("transient", …) to be asked again, PluginError("permanent", …) to reject the delivery.
            self.file.write(json.dumps(delivery, ensure_ascii=False) + "\\n")
            self.file.flush()

        def close(self):
            self.file.close()


    serve({Type})

    """
}
