import ConsoleNotifier
import Engine
import FileAccess
import FileNotifier
import FilesStore
import PluginAPI

/// The plugins that are linked in, by name. The only place that knows them; the engine sees the ports alone.
enum Plugins {
  static let stores: [String: @Sendable () -> any TicketStore] = [
    FilesStore.description.name: { FilesStore() }
  ]

  static let notifiers: [String: @Sendable () -> any Notifier] = [
    ConsoleNotifier.description.name: { ConsoleNotifier() },
    FileNotifier.description.name: { FileNotifier() },
  ]

  /// The store, open with its settings. An unknown name lists the known ones.
  static func openStore(_ selection: PluginSelection) async throws(Failure) -> any TicketStore {
    guard let make = stores[selection.plugin] else {
      throw unknown("store", selection.plugin, stores.keys.sorted())
    }
    let store = make()
    do {
      try await store.open(selection.configuration)
    } catch {
      throw Failure(error, of: selection.plugin)
    }
    return store
  }

  /// The notifier, open with its settings.
  static func openNotifier(_ selection: PluginSelection) async throws(Failure) -> any Notifier {
    guard let make = notifiers[selection.plugin] else {
      throw unknown("notifier", selection.plugin, notifiers.keys.sorted())
    }
    let notifier = make()
    do {
      try await notifier.open(withColor(selection).configuration)
    } catch {
      throw Failure(error, of: selection.plugin)
    }
    return notifier
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

  private static func unknown(_ role: String, _ name: String, _ known: [String]) -> Failure {
    Failure(
      .usage, "there is no \(role) plugin '\(name)'",
      hint: "the \(role)s are \(known.joined(separator: ", "))")
  }
}
