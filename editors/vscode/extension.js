// Starts `docket lsp` for rule files; all else is the language client's.
const vscode = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");

let client;

exports.activate = async () => {
  const settings = vscode.workspace.getConfiguration("docket");
  const pattern = settings.get("files");
  client = new LanguageClient(
    "docket",
    "Docket",
    { command: settings.get("command"), args: ["lsp"], transport: TransportKind.stdio },
    {
      documentSelector: [{ scheme: "file", language: "yaml", pattern }],
      synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher(pattern) },
    },
  );
  await client.start();
};

exports.deactivate = () => client?.stop();
