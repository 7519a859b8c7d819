import ArgumentParser
import CommandOptions

/// `docket plugin`: what plugins there are, whether they keep to the protocol, and how a new one begins.
struct PluginCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plugin", abstract: "List, check and begin plugins.",
    subcommands: [PluginListCommand.self, PluginCheckCommand.self, PluginNewCommand.self])
}
