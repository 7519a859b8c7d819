import ArgumentParser
import CommandOptions
import Diagnostics
import FileAccess
import PluginAPI
import PluginHost

/// `docket plugin list`: all plugins that can be selected. Starts none of them.
struct PluginListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Show the plugins that can be selected, and where they are.")

  @OptionGroup var pluginOptions: PluginOptions

  mutating func run() throws {
    let contents = try pluginOptions.plugins().catalog.contents()
    let rows = contents.entries.map { [$0.role.rawValue, $0.name, $0.version, $0.place, $0.summary] }
    try StandardOutput.write(Self.table(rows))
    guard !contents.diagnostics.isEmpty else { return }
    StandardError.write(PluginOptions.render(contents, .error))
    if contents.diagnostics.containsErrors { throw ExitStatus.usage }
  }

  /// Columns as wide as what they hold; the last one ends where its text does.
  private static func table(_ rows: [[String]]) -> String {
    guard let columns = rows.first?.count else { return "" }
    let widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = zip(row, widths).dropLast().map { $0.padded(to: $1) }
      return (cells + [row[columns - 1]]).joined(separator: "  ") + "\n"
    }.joined()
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
