/// What a new plugin in Swift begins with.
enum SwiftTemplates {
  static let package = """
    // swift-tools-version: 6.2
    import PackageDescription

    let package = Package(
      name: "{name}",
      dependencies: [.package(path: "{package}")],
      targets: [
        .executableTarget(
          name: "{name}",
          dependencies: [
            .product(name: "PluginAPI", package: "{identity}"), .product(name: "PluginKit", package: "{identity}"),
          ], path: "Sources")
      ]
    )

    """

  static let store = """
    import Foundation
    import PluginAPI
    import PluginKit

    /// Tickets from a file with one JSON object a line. Change `open` and `pages` to read what you have.
    actor {Type}: TicketStore {
      static let description = PluginDescription(
        name: "{name}", version: "0.1.0", role: .store, summary: "tickets from a file with one JSON object a line",
        settings: ["path"])

      private var path = ""
      private var lines: [Data] = []

      func open(_ configuration: PluginConfiguration) throws(PluginError) {
        path = try configuration.text("path") ?? ""
        guard let data = FileManager.default.contents(atPath: path) else {
          throw configuration.wrong("path", "cannot be read")
        }
        lines = data.split(separator: UInt8(ascii: "\\n"))
      }

      func check() -> [PluginProblem] { [] }

      func describe() -> [StoreField] { [] }

      nonisolated func pages(since watermark: Watermark?, limit: Int) -> TicketPages {
        TicketPages {
          let position = Position()
          return { () async throws(PluginError) in await self.page(at: position, limit: limit) }
        }
      }

      func get(_ ids: [String]) -> (tickets: [TicketPage], missing: [String]) {
        let found = lines.indices.filter { id(of: lines[$0]).map(ids.contains) ?? false }
        let known = Set(found.compactMap { id(of: lines[$0]) })
        return ([page(of: found)], ids.filter { !known.contains($0) })
      }

      func close() { lines = [] }

      /// How far one reading has come.
      private actor Position {
        private var next = 0
        func take(_ count: Int) -> Int {
          defer { next += count }
          return next
        }
      }

      /// Nil behind the last page.
      private func page(at position: Position, limit: Int) async -> TicketPage? {
        let start = await position.take(limit)
        return start < lines.count ? page(of: Array(start..<min(lines.count, start + limit))) : nil
      }

      private func page(of numbers: [Int]) -> TicketPage {
        var page = TicketPage(source: path, buffer: [], records: [])
        for number in numbers {
          let start = page.buffer.count
          page.buffer += lines[number]
          page.records.append(.init(range: start..<page.buffer.count, line: number + 1))
        }
        return page
      }

      private func id(of line: Data) -> String? {
        (try? JSONSerialization.jsonObject(with: line) as? [String: Any])?["id"] as? String
      }
    }

    @main
    struct Plugin {
      static func main() async { await PluginProcess.serve({Type}(), as: {Type}.description) }
    }

    """

  static let notifier = """
    import Foundation
    import PluginAPI
    import PluginKit

    /// One JSON line a delivery, into a file. Change `open` and `send` to reach the channel you have.
    actor {Type}: Notifier {
      static let description = PluginDescription(
        name: "{name}", version: "0.1.0", role: .notifier, summary: "one JSON line a delivery, into a file",
        settings: ["path"])

      private var file: FileHandle?
      /// A key that comes again was delivered before.
      private var keys = RecentKeys()

      func open(_ configuration: PluginConfiguration) throws(PluginError) {
        let path = try configuration.text("path") ?? ""
        guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path)
        else { throw configuration.wrong("path", "cannot be written") }
        self.file = file
      }

      func check() -> [PluginProblem] { [] }

      func deliver(_ deliveries: [Delivery]) throws(PluginError) -> [Receipt] {
        var receipts = [Receipt]()
        for delivery in deliveries {
          if !keys.contains(delivery.key) { try send(delivery) }
          keys.insert(delivery.key)
          receipts.append(Receipt(key: delivery.key, status: .delivered))
        }
        return receipts
      }

      func close() { file = nil }

      /// Throw `.transient` to be asked again.
      private func send(_ delivery: Delivery) throws(PluginError) {
        let notice = ["key": delivery.key, "ticket": delivery.ticket, "title": delivery.title]
        do {
          try file?.write(contentsOf: try JSONSerialization.data(withJSONObject: notice) + Data("\\n".utf8))
        } catch {
          throw PluginError(.transient, "the file cannot be written")
        }
      }
    }

    @main
    struct Plugin {
      static func main() async { await PluginProcess.serve({Type}(), as: {Type}.description) }
    }

    """
}
