import CommandNotifier
import CommandStore
import ConsoleNotifier
import Diagnostics
package import Engine
import FileAccess
import FileNotifier
import FilesStore
package import PluginAPI
package import PluginHost
import ProcessAccess

/// The plugins that are linked in, by name. The only place that knows them; the engine sees the ports alone.
package enum LinkedPlugins {
  package static let stores: [String: @Sendable () -> any TicketStore] = [
    FilesStore.description.name: { FilesStore() },
    CommandStore.description.name: { CommandStore(environment: programs) },
  ]

  package static let notifiers: [String: @Sendable () -> any Notifier] = [
    ConsoleNotifier.description.name: { ConsoleNotifier() },
    FileNotifier.description.name: { FileNotifier() },
    CommandNotifier.description.name: { CommandNotifier(environment: programs) },
  ]

  package static let descriptions = [
    FilesStore.description, CommandStore.description, ConsoleNotifier.description, FileNotifier.description,
    CommandNotifier.description,
  ]

  private static let programs = ProgramEnvironment(variable: Environment.value)
}

/// The plugins of one run: linked or processes, found by name and opened with their settings.
package struct Plugins {
  package let catalog: PluginCatalog
  package let environment: PluginEnvironment

  package init(catalog: PluginCatalog, environment: PluginEnvironment) {
    self.catalog = catalog
    self.environment = environment
  }

  /// The linked plugins alone.
  package static var linked: Plugins {
    Plugins(
      catalog: PluginCatalog(linked: LinkedPlugins.descriptions, roots: []),
      environment: PluginEnvironment(variable: Environment.value, log: { _, _ in }))
  }

  /// The store, open with its settings. An unknown name lists the known ones.
  package func openStore(_ selection: PluginSelection) async throws(Failure) -> any TicketStore {
    let store = RetryingStore(try store(try entry(selection.plugin, .store)))
    do {
      try await store.open(selection.configuration)
    } catch {
      await store.close()
      throw Failure(error, of: selection.plugin)
    }
    return store
  }

  /// The notifier, open with its settings.
  package func openNotifier(_ selection: PluginSelection) async throws(Failure) -> any Notifier {
    let notifier = RetryingNotifier(try notifier(try entry(selection.plugin, .notifier)))
    do {
      try await notifier.open(Self.withColor(selection).configuration)
    } catch {
      try? await notifier.close()
      throw Failure(error, of: selection.plugin)
    }
    return notifier
  }

  package func store(_ entry: PluginCatalog.Entry) throws(Failure) -> any TicketStore {
    if entry.isLinked, let make = LinkedPlugins.stores[entry.name] { return make() }
    if let manifest = entry.manifest { return ProcessStore(manifest, environment) }
    throw try unknown(entry.name, .store)
  }

  package func notifier(_ entry: PluginCatalog.Entry) throws(Failure) -> any Notifier {
    if entry.isLinked, let make = LinkedPlugins.notifiers[entry.name] { return make() }
    if let manifest = entry.manifest { return ProcessNotifier(manifest, environment) }
    throw try unknown(entry.name, .notifier)
  }

  /// The plugin of that name and role.
  package func entry(_ name: String, _ role: PluginDescription.Role) throws(Failure) -> PluginCatalog.Entry {
    let (entry, contents) = catalog.find(name, role)
    if contents.diagnostics.contains(where: { $0.severity == .error }) {
      throw PluginOptions.failure(contents, "plugin '\(name)' cannot be used")
    }
    if let entry { return entry }
    throw try unknown(name, role)
  }

  private func unknown(_ name: String, _ role: PluginDescription.Role) throws(Failure) -> Failure {
    let contents = catalog.contents()
    let known = contents.entries.filter { $0.role == role }.map(\.name)
    let broken = contents.diagnostics.count { $0.severity == .error }
    let note = broken == 0 ? "" : "; \(counted(broken, "manifest error")): see 'docket plugin list'"
    return Failure(
      .usage, "there is no \(role.rawValue) plugin '\(name)'",
      hint: "the \(role.rawValue)s are \(known.joined(separator: ", "))\(note)")
  }

  /// Colours are the terminal's affair (https://no-color.org), which a plugin knows nothing of.
  private static func withColor(_ selection: PluginSelection) -> PluginSelection {
    var selection = selection
    let isConsole = selection.plugin == ConsoleNotifier.description.name
    if isConsole, selection.configuration.values["color"] ?? .text("auto") == .text("auto"),
      !Terminal.usesColor(.output)
    {
      selection.configuration.values["color"] = .text("never")
    }
    return selection
  }
}
