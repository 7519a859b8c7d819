import FileAccess
import Foundation
import PluginAPI
import Synchronization

@testable import PluginHost

/// The store in `Fixtures/plugins/stores/faulty`, whose faults are settings.
struct FaultyStore {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().path + "/Fixtures/plugins"
  static let isThere =
    ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":")
    .contains { FileManager.default.isExecutableFile(atPath: "\($0)/python3") } ?? false

  let scratch: ScratchFolder
  let logged = Log()
  var environment: PluginEnvironment
  var values: [String: PluginConfiguration.Value] = ["count": .number(100)]
  /// Whether it takes two requests at once and knows `ahead`.
  var isAskedAhead = false {
    didSet { values["more"] = isAskedAhead ? .list([.text("ahead")]) : nil }
  }

  init(_ fault: String? = nil, at method: String = "store/list", once: Bool = false) throws {
    scratch = try ScratchFolder(in: NSTemporaryDirectory())
    let logged = logged
    environment = PluginEnvironment(
      variable: { ProcessInfo.processInfo.environment[$0] }, log: { logged.append("[\($0)] \($1)") })
    // Python takes its time on a machine that is busy with other tests.
    environment.deadlines.initialize = 120_000
    values["note"] = .text("\(scratch.path)/note")
    if let fault {
      values["fault"] = .text(fault)
      values["at"] = .text(method)
      if once { values["once"] = .text("\(scratch.path)/once") }
    }
  }

  func manifest() throws -> PluginManifest {
    let catalog = PluginCatalog(linked: [], roots: [Self.folder])
    guard let manifest = catalog.find("faulty", .store).entry?.manifest else {
      throw PluginError(.configuration, "the fixture is broken: \(catalog.contents().diagnostics)")
    }
    return manifest
  }

  func make() throws -> ProcessStore {
    var manifest = try manifest()
    if isAskedAhead { manifest.concurrency = 2 }
    return ProcessStore(manifest, environment, retries: Retries(timing: .quick))
  }

  func opened() async throws -> ProcessStore {
    let store = try make()
    try await store.open(PluginConfiguration(instance: "faulty", values: values))
    return store
  }

  func note() throws -> String {
    try String(contentsOfFile: "\(scratch.path)/note", encoding: .utf8).trimmingCharacters(
      in: .whitespacesAndNewlines)
  }
}

/// What was logged.
final class Log: Sendable {
  private let lines = Mutex<[String]>([])
  func append(_ line: String) { lines.withLock { $0.append(line) } }
  var all: [String] { lines.withLock { $0 } }
}

extension Timing {
  /// A clock that stands still, and waits that take a hundredth of their time.
  static let quick = Timing(
    now: { 0 }, sleep: { try await Task.sleep(for: .milliseconds(max(1, $0 / 100))) }, chance: { 0 })
}

/// All records of a reading, as texts.
func records(of store: any TicketStore, limit: Int = 7) async throws -> [String] {
  var texts = [String]()
  for try await page in store.pages(since: nil, limit: limit) {
    texts += page.records.map { String(decoding: page.buffer[$0.range], as: UTF8.self) }
  }
  return texts
}

/// Whether a process of that number is there.
func isAlive(_ pid: Int32) -> Bool { kill(pid, 0) == 0 }

/// Waits until a process is gone; false after a minute.
func isGone(_ pid: Int32) async throws -> Bool {
  for _ in 0..<6000 {
    if !isAlive(pid) { return true }
    try await Task.sleep(for: .milliseconds(10))
  }
  return false
}
