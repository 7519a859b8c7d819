// Runs the extension for Visual Studio Code against stand-ins of the modules that the editor brings.
const Module = require("module");
const path = process.argv[2];

const seen = {};
class LanguageClient {
  constructor(id, name, server, client) { Object.assign(seen, { id, name, server, client }); }
  async start() { seen.started = true; }
  async stop() { seen.stopped = true; }
}
const defaults = require(`${path}/package.json`).contributes.configuration.properties;
const stands = {
  vscode: {
    workspace: {
      getConfiguration: (section) => ({ get: (name) => defaults[`${section}.${name}`].default }),
      createFileSystemWatcher: (pattern) => ({ pattern }),
    },
  },
  "vscode-languageclient/node": { LanguageClient, TransportKind: { stdio: 0 } },
};
const load = Module._load;
Module._load = (name, ...rest) => stands[name] ?? load(name, ...rest);

const extension = require(path);
extension.activate().then(() => extension.deactivate()).then(() => {
  const { server, client } = seen;
  console.log(server.command, server.args.join(" "), client.documentSelector[0].pattern, seen.started, seen.stopped);
});
