import Foundation
import PluginAPI
import PluginConformance
import PluginHost
import Testing

/// The sample plugin is `PluginKit` and a store of thirty lines, in a process of its own.
@Suite("A plugin built on PluginKit")
struct SamplePluginTests {
  private static let program: String = {
    let bundle = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    let beside = bundle.appending(path: "sampleplugin").path
    if FileManager.default.isExecutableFile(atPath: beside) { return beside }
    let folder = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    return folder.appending(path: "sampleplugin").path
  }()

  private static let environment: PluginEnvironment = {
    var environment = PluginEnvironment(variable: { ProcessInfo.processInfo.environment[$0] })
    // A process takes its time to start on a machine that is busy with other tests.
    environment.deadlines.initialize = 120_000
    return environment
  }()

  private func manifest(concurrency: Int = 1) -> PluginManifest {
    var manifest = PluginManifest(name: "sample", role: .store, folder: "/")
    manifest.version = "1.0.0"
    manifest.concurrency = concurrency
    manifest.command = [Self.program]
    manifest.schema.allowsOtherProperties = false
    for name in ["count", "size", "print", "keys"] { manifest.schema[name] = ConfigSchema() }
    return manifest
  }

  private func configuration(_ values: [String: PluginConfiguration.Value]) -> PluginConfiguration {
    PluginConfiguration(instance: "sample", values: values)
  }

  @Test("passes every scenario", arguments: [1, 2])
  func conformance(concurrency: Int) async throws {
    var subject = try ProcessSubject(
      manifest(concurrency: concurrency), configuration(["count": .number(1203)]), Self.environment)
    subject.badConfigurations = [(configuration(["count": .number(-1)]), "/count")]
    let results = await ProcessConformance(subject).run()
    let wrong = results.filter { if case .failed = $0.outcome { true } else { false } }
    #expect(wrong == [])
    #expect(results.count { $0.outcome == .passed } >= 16)
  }

  @Test("cuts pages that exceed the limit of a line, and loses nothing")
  func largePages() async throws {
    let store = ProcessStore(manifest(), Self.environment)
    try await store.open(configuration(["count": .number(50), "size": .number(1_048_576)]))
    var count = 0
    var pages = 0
    for try await page in store.pages(since: nil, limit: 50) {
      count += page.records.count
      pages += 1
      #expect(page.buffer.count <= 8 << 20)
    }
    await store.close()
    #expect(count == 50)
    #expect(pages >= 7)
  }

  @Test("sends what its code prints to stderr")
  func strayPrint() async throws {
    let store = ProcessStore(manifest(), Self.environment)
    try await store.open(configuration(["count": .number(3), "print": .boolean(true)]))
    var count = 0
    for try await page in store.pages(since: nil, limit: 10) { count += page.records.count }
    await store.close()
    #expect(count == 3)
  }

  @Test("answers an id that is there and one that is not")
  func get() async throws {
    let store = ProcessStore(manifest(), Self.environment)
    try await store.open(configuration(["count": .number(3)]))
    let (tickets, missing) = try await store.get(["T-1", "T-9"])
    await store.close()
    let texts = tickets.flatMap { page in
      page.records.map { String(decoding: page.buffer[$0.range], as: UTF8.self) }
    }
    #expect(texts == [#"{"id":"T-1","text":""}"#])
    #expect(tickets.first?.records.first?.line == 2)
    #expect(missing == ["T-9"])
  }

  @Test("refuses wrong settings with the kind and the pointer")
  func refused() async throws {
    let store = ProcessStore(manifest(), Self.environment)
    let expected = PluginError(
      .configuration, "'count' of sample must be a whole number from 0 to 100000000", pointer: "/count")
    await #expect(throws: expected) { try await store.open(configuration(["count": .text("many")])) }
    await store.close()
  }
}
