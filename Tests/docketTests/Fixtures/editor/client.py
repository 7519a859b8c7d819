"""Drives `docket lsp` with pygls's client over a copy of the reference rules.

    client.py DOCKET FOLDER

Prints a line for each thing that worked; ends with 1 and what was wrong at the first that did not.
"""

import asyncio
import pathlib
import sys

from lsprotocol import types
from pygls.lsp.client import LanguageClient

docket, folder = sys.argv[1], pathlib.Path(sys.argv[2])


class Editor:
    def __init__(self):
        self.client = LanguageClient("test", "1")
        self.messages = {}
        self.published = asyncio.Event()

        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def _(parameters):
            name = parameters.uri.rsplit("/", 1)[-1]
            self.messages[name] = [message.message for message in parameters.diagnostics]
            self.published.set()

    async def next_messages(self, name):
        """What is said of a file the next time that something is said of it."""
        while True:
            await asyncio.wait_for(self.published.wait(), 60)
            self.published.clear()
            if name in self.messages:
                return self.messages[name]

    def document(self, name):
        return types.TextDocumentIdentifier((folder / name).as_uri())

    def open(self, name):
        text = (folder / name).read_text(encoding="utf-8")
        item = types.TextDocumentItem(self.document(name).uri, "yaml", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return text

    def replace(self, name, version, line, start, end, text):
        document = types.VersionedTextDocumentIdentifier(version, self.document(name).uri)
        span = types.Range(types.Position(line, start), types.Position(line, end))
        change = types.TextDocumentContentChangePartial(text=text, range=span)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))


def place(text, before, word):
    """The position of `word` behind `before`, in UTF-16 units as the protocol counts."""
    offset = text.index(before) + len(before)
    offset = text.index(word, offset)
    line = text.count("\n", 0, offset)
    start = text.rfind("\n", 0, offset) + 1
    return types.Position(line, len(text[start:offset].encode("utf-16-le")) // 2)


def expect(what, condition, actual):
    if not condition:
        sys.exit(f"{what}: {actual}")
    print(f"ok: {what}")


async def main():
    editor = Editor()
    client = editor.client
    await client.start_io(docket, "lsp")
    answer = await client.initialize_async(
        types.InitializeParams(types.ClientCapabilities(), root_uri=folder.as_uri())
    )
    expect("initialize", answer.server_info.name == "docket", answer)
    client.initialized(types.InitializedParams())

    text = editor.open("priorities.yaml")
    messages = await editor.next_messages("priorities.yaml")
    expect("no messages for sound rules", messages == [], messages)

    urgency = place(text, "inputs: [type, ", "urgency")
    editor.replace("priorities.yaml", 2, urgency.line, urgency.character, urgency.character + 7, "urgncy")
    editor.messages.clear()
    messages = await editor.next_messages("priorities.yaml")
    expect("a message with the nearest name", any("did you mean 'urgency'?" in m for m in messages), messages)
    editor.replace("priorities.yaml", 3, urgency.line, urgency.character, urgency.character + 6, "urgency")
    editor.messages.clear()
    messages = await editor.next_messages("priorities.yaml")
    expect("the message goes", messages == [], messages)

    document = editor.document("priorities.yaml")
    items = await client.text_document_completion_async(
        types.CompletionParams(document, place(text, "urgency: high, priority: ", "medium"))
    )
    labels = [item.label for item in items]
    expect("completion of levels", labels[:3] == ["high", "medium", "low"], labels)

    hover = await client.text_document_hover_async(types.HoverParams(document, urgency))
    expect("hover", "紧急程度 / Urgency" in hover.contents.value, hover)

    found = await client.text_document_definition_async(types.DefinitionParams(document, urgency))
    expect("definition", found[0].uri == (folder / "fields.yaml").as_uri(), found)

    used = await client.text_document_references_async(
        types.ReferenceParams(types.ReferenceContext(False), document, urgency)
    )
    files = {location.uri.rsplit("/", 1)[-1] for location in used}
    expect("references", {"priorities.yaml", "tables.yaml", "windows.yaml"} <= files, files)

    text = editor.open("checks.yaml")
    masked = place(text, "!has(contact.name) ||\n        ", "contact.name")
    found = await client.text_document_definition_async(
        types.DefinitionParams(editor.document("checks.yaml"), masked)
    )
    expect("definition of a field in a condition", found[0].uri.endswith("fields.yaml"), found)

    symbols = await client.text_document_document_symbol_async(
        types.DocumentSymbolParams(editor.document("checks.yaml"))
    )
    expect("outline", symbols[0].children[0].name == "C-103", symbols)

    options = types.FormattingOptions(2, True)
    edits = await client.text_document_formatting_async(types.DocumentFormattingParams(document, options))
    expect("layout of what is laid out", not edits, edits)
    text = (folder / "priorities.yaml").read_text(encoding="utf-8")
    levels = place(text, "levels: [", "high")
    editor.replace("priorities.yaml", 4, levels.line, levels.character, levels.character, "   ")
    edits = await client.text_document_formatting_async(types.DocumentFormattingParams(document, options))
    new = [edit.new_text for edit in edits]
    expect("layout", new == ["  levels: [high, medium, low]\n"], new)

    actions = await client.text_document_code_action_async(
        types.CodeActionParams(document, types.Range(urgency, urgency), types.CodeActionContext([]))
    )
    expect("code actions", not actions, actions)

    await client.shutdown_async(None)
    client.exit(None)
    await asyncio.wait_for(client._server.wait(), 60)
    expect("the end", client._server.returncode == 0, client._server.returncode)


asyncio.run(main())
