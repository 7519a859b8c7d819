import PluginAPI
import PluginHost

/// Tickets through the port that the engine reads them by.
enum StoreReadings {
  /// All pages of a store, of 500 tickets each.
  static func read(
    _ store: any TicketStore, _ settings: [String: PluginConfiguration.Value]
  ) async throws -> Tally {
    try await store.open(PluginConfiguration(instance: "measured", values: settings))
    var tally = Tally()
    for try await page in store.pages(since: nil, limit: 500) {
      page.buffer.withUnsafeBytes { bytes in
        for record in page.records { tally.add(UnsafeRawBufferPointer(rebasing: bytes[record.range])) }
      }
    }
    await store.close()
    return tally
  }

  struct NoPlugin: Error {}

  /// The same from the plugin's process, as `make plugins` built it.
  static func process(_ name: String, _ settings: [String: PluginConfiguration.Value]) async throws -> Tally {
    let folder = "../../plugins/stores/\(name)"
    guard let manifest = PluginCatalog(linked: [], roots: []).read(folder: folder).entries.first?.manifest
    else {
      throw NoPlugin()
    }
    return try await read(ProcessStore(manifest, PluginEnvironment()), settings)
  }
}
