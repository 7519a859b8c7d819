import Foundation
import Testing

@Suite("The architecture")
struct ArchitectureTests {
  /// Which modules of the project, and which packages, each target may import. ARCHITECTURE.md gives the reasons.
  static let allowed: [String: Set<String>] = [
    "Diagnostics": [],
    "FileAccess": ["Diagnostics"],
    "ByteOutput": [],
    "LocatedYAML": ["CLibYAML", "Diagnostics"],
    "RuleSyntax": ["LocatedYAML", "Diagnostics"],
    "WorkingTime": [],
    "CRE2": [],
    "Expressions": ["CRE2", "Diagnostics"],
    "TicketModel": ["WorkingTime", "Diagnostics"],
    "RuleEvaluator": ["Expressions", "TicketModel", "WorkingTime", "ByteOutput", "Diagnostics"],
    "RuleAnalysis": ["RuleEvaluator", "Expressions", "TicketModel", "WorkingTime", "Diagnostics"],
    "RuleDifference": [
      "RuleAnalysis", "RuleEvaluator", "Expressions", "TicketModel", "WorkingTime", "Diagnostics",
    ],
    "RuleCompiler": [
      "RuleSyntax", "RuleAnalysis", "RuleEvaluator", "LocatedYAML", "Expressions", "TicketModel",
      "WorkingTime",
      "Diagnostics",
    ],
    "CProcess": [],
    "ProcessAccess": ["CProcess", "FileAccess"],
    "PluginAPI": ["ByteOutput"],
    "CByteMasks": [],
    "PluginProtocol": ["CByteMasks", "PluginAPI"],
    "RuleFormat": ["LocatedYAML", "Diagnostics"],
    "RuleSchema": ["RuleSyntax", "PluginProtocol"],
    "LanguageServer": [
      "RuleSchema", "RuleFormat", "RuleCompiler", "RuleEvaluator", "RuleSyntax", "LocatedYAML",
      "PluginProtocol", "WorkingTime", "Diagnostics",
    ],
    "PluginKit": ["PluginProtocol", "PluginAPI", "FileAccess"],
    "PluginHost": [
      "PluginProtocol", "PluginAPI", "ProcessAccess", "LocatedYAML", "FileAccess", "Diagnostics",
    ],
    "PluginConformance": [
      "PluginHost", "PluginProtocol", "PluginAPI", "ProcessAccess", "LocatedYAML", "FileAccess",
      "Diagnostics",
    ],
    "FilesStore": ["PluginAPI", "FileAccess", "LocatedYAML", "Diagnostics", "CZlib"],
    "CommandStore": ["PluginAPI", "PluginProtocol", "ProcessAccess", "FileAccess"],
    "CommandNotifier": ["PluginAPI", "PluginProtocol", "ProcessAccess"],
    "SQLiteStore": ["PluginAPI", "FileAccess", "Diagnostics", "GRDB", "GRDBSQLite"],
    "docket-sqlite": ["SQLiteStore", "PluginKit"],
    "PostgreSQLStore": ["PluginAPI", "Diagnostics", "CLibPQ"],
    "docket-postgresql": ["PostgreSQLStore", "PluginKit"],
    "FileNotifier": ["PluginAPI", "FileAccess", "Diagnostics"],
    "ConsoleNotifier": ["PluginAPI", "FileAccess", "Diagnostics"],
    "CurlTransfer": ["CCurl", "PluginAPI"],
    "EmailNotifier": ["CurlTransfer", "PluginAPI"],
    "WebhookNotifier": ["CurlTransfer", "PluginProtocol", "PluginAPI", "Diagnostics", "Crypto"],
    "AlertmanagerNotifier": ["CurlTransfer", "PluginProtocol", "PluginAPI", "Diagnostics"],
    "docket-email": ["EmailNotifier", "CurlTransfer", "PluginKit"],
    "docket-webhook": ["WebhookNotifier", "CurlTransfer", "PluginKit"],
    "docket-alertmanager": ["AlertmanagerNotifier", "CurlTransfer", "PluginKit"],
    "Reports": [
      "RuleDifference", "RuleAnalysis", "RuleEvaluator", "TicketModel", "WorkingTime", "ByteOutput",
      "Diagnostics",
    ],
    "Engine": [
      "RuleCompiler", "RuleDifference", "RuleAnalysis", "RuleEvaluator", "Reports", "PluginAPI",
      "TicketModel", "WorkingTime",
      "LocatedYAML",
      "ByteOutput", "FileAccess", "Diagnostics",
    ],
    "RuleTesting": [
      "Engine", "Reports", "PluginAPI", "RuleCompiler", "RuleEvaluator", "TicketModel", "WorkingTime",
      "LocatedYAML", "ByteOutput", "FileAccess", "Diagnostics",
    ],
    "SQLiteState": ["Engine", "RuleEvaluator", "PluginAPI", "WorkingTime", "GRDB", "GRDBSQLite"],
    "CAllocationCount": [],
    "ExpressionBenchmark": ["Expressions", "CAllocationCount"],
    "CommandOptions": [
      "Engine", "RuleEvaluator", "PluginAPI", "PluginHost", "FilesStore", "CommandStore", "FileNotifier",
      "ConsoleNotifier", "CommandNotifier", "WorkingTime", "ProcessAccess", "FileAccess", "Diagnostics",
      "ArgumentParser",
    ],
    "Telemetry": ["Engine", "WorkingTime", "Logging", "Metrics", "CoreMetrics"],
    "docket-run": [
      "CommandOptions", "SQLiteState", "Telemetry", "Engine", "RuleEvaluator", "PluginAPI", "WorkingTime",
      "FileAccess", "Diagnostics", "ArgumentParser", "Hummingbird", "HTTPTypes", "Logging",
      "NIOCore", "ServiceLifecycle", "UnixSignals",
    ],
    "docket": [
      "CommandOptions", "Engine", "RuleDifference", "RuleAnalysis", "RuleEvaluator", "Reports", "PluginAPI",
      "PluginHost",
      "PluginConformance", "PluginProtocol", "RuleFormat", "RuleSchema", "LanguageServer", "RuleTesting",
      "TicketModel",
      "WorkingTime", "ProcessAccess", "FileAccess", "ByteOutput", "Diagnostics", "ArgumentParser",
    ],
  ]

  /// What the system brings, and who may use it: the C library is for those who speak to the system.
  static let system: [String: Set<String>] = [
    "Glibc": [
      "FileAccess", "ProcessAccess", "PluginKit", "FilesStore", "SQLiteState", "PostgreSQLStore",
      "CurlTransfer",
      "ExpressionBenchmark", "CommandOptions", "docket-run", "docket",
    ],
    "Dispatch": ["SQLiteStore", "PostgreSQLStore", "CurlTransfer"],
    "Synchronization": [
      "FileAccess", "ProcessAccess", "PluginKit", "PluginHost", "PluginConformance", "FilesStore",
      "CommandStore", "SQLiteStore", "SQLiteState", "PostgreSQLStore", "FileNotifier", "ConsoleNotifier",
      "CurlTransfer", "Engine", "CommandOptions", "Telemetry", "docket-run", "docket",
    ],
  ]

  @Test("speaks of every target, and of no other")
  func complete() {
    #expect(Set(Manifest.modules.map(\.name)) == Set(Self.allowed.keys))
    #expect(Repository.sources.count > 100)
  }

  @Test("lets each target import only what stands below it", arguments: Manifest.modules)
  func edges(target: Manifest.Target) throws {
    let allowed = try #require(Self.allowed[target.name])
    let system = Set(Self.system.filter { $0.value.contains(target.name) }.keys)
    #expect(target.imports.subtracting(allowed).subtracting(system).sorted() == [])
  }

  @Test(
    "is what the package says: each dependency is imported, each import is a dependency",
    arguments: Manifest.modules)
  func dependencies(target: Manifest.Target) {
    #expect(target.imports.intersection(Manifest.moduleNames).sorted() == target.dependencies.sorted())
  }

  @Test(
    "holds for tests as well: each imports what it depends on", arguments: Manifest.targets.filter(\.isTest))
  func tests(target: Manifest.Target) {
    // Tests of programs run them and import nothing of them.
    let programs: [String: Set<String>] = [
      "ServiceTests": ["killharness"], "RunTests": ["docket", "docket-run"],
      "docketTests": ["docket"], "PluginKitTests": ["sampleplugin"],
      "CurlProgramTests": ["docket", "docket-webhook", "docket-email", "docket-alertmanager"],
    ]
    let run = programs[target.name] ?? []
    let imports = target.imports.intersection(Manifest.moduleNames)
    #expect(imports.union(run).sorted() == target.dependencies.sorted())
  }

  @Test("has no circles: dependencies stand before what depends on them")
  func order() {
    var declared: Set<String> = [
      "ArgumentParser", "CoreMetrics", "Crypto", "GRDB", "GRDBSQLite", "Hummingbird", "Logging", "Metrics",
      "ServiceLifecycle", "UnixSignals",
    ]
    for target in Manifest.targets.sorted(by: { $0.position < $1.position }) where !target.isTest {
      #expect(Set(target.dependencies).subtracting(declared).sorted() == [], "\(target.name)")
      declared.insert(target.name)
    }
  }

  @Test(
    "keeps what is heavy or foreign in one place",
    arguments: [
      "Crypto": ["WebhookNotifier"], "CCurl": ["CurlTransfer"],
      "ArgumentParser": ["CommandOptions", "docket-run", "docket"],
      "Hummingbird": ["docket-run"], "ServiceLifecycle": ["docket-run"], "Metrics": ["Telemetry"],
      "CLibYAML": ["LocatedYAML"], "CZlib": ["FilesStore"],
      "CRE2": ["Expressions"], "CProcess": ["ProcessAccess"], "Foundation": [], "FoundationEssentials": [],
      "Dispatch": ["SQLiteStore", "PostgreSQLStore", "CurlTransfer"],
      // One for tickets, one for what the service remembers: neither knows of the other.
      "GRDB": ["SQLiteStore", "SQLiteState"], "GRDBSQLite": ["SQLiteStore", "SQLiteState"],
      "CLibPQ": ["PostgreSQLStore"],
    ] as [String: [String]])
  func soleImporters(module: String, importers: [String]) {
    let actual = Manifest.modules.filter { $0.imports.contains(module) }.map(\.name)
    #expect(actual == importers)
  }

  @Test("keeps plugins away from the engine, and the engine from plugins")
  func plugins() {
    let engine: Set<String> = [
      "Engine", "RuleCompiler", "RuleEvaluator", "RuleSyntax", "TicketModel", "Reports", "RuleTesting",
    ]
    let plugins = Manifest.modules.filter { $0.path.hasPrefix("plugins/") }
    #expect(plugins.count >= 3)
    for plugin in plugins { #expect(plugin.imports.isDisjoint(with: engine), "\(plugin.name)") }
    let names = Set(plugins.map(\.name))
    // Besides the command lines only the program of a plugin's own knows it.
    for target in Manifest.modules where target.name != "CommandOptions" && !target.path.hasPrefix("plugins/")
    {
      #expect(target.imports.isDisjoint(with: names), "\(target.name)")
    }
  }
}

@Suite("The source files")
struct SourceFileTests {
  @Test("are found") func found() { #expect(Repository.swiftFiles.count > 150) }

  @Test("have at most 600 lines")
  func size() {
    for file in Repository.swiftFiles {
      let lines = Repository.text(file).count { $0 == "\n" }
      #expect(lines <= 600, "\(file)")
    }
  }

  @Test("name nothing that could be anything")
  func names() throws {
    let words = ["Manager", "Helper", "Helpers", "Utils", "Util", "Utilities", "Common", "Misc"]
    let types = try Regex(
      "(?:struct|class|enum|protocol|actor|typealias|func|extension) [A-Za-z0-9_.]*(?:\(words.joined(separator: "|")))\\b"
    )
    for file in Repository.swiftFiles {
      let name = file.split(separator: "/").last.map { $0.dropLast(6) } ?? ""
      #expect(!words.contains { name.hasSuffix($0) }, "\(file)")
      #expect(Repository.text(file).firstMatch(of: types) == nil, "\(file)")
    }
  }

  @Test("never trap on purpose, silence the compiler, or leave work undone")
  func shortcuts() {
    let refused = [
      "fatalError(", "try!", "as!", "@unchecked Sendable", "nonisolated(unsafe)", "TO" + "DO", "FIX" + "ME",
      "preconditionFailure(",
    ]
    for file in Repository.sources {
      let text = Repository.text(file)
      for word in refused { #expect(!text.contains(word), "\(file): \(word)") }
    }
  }

  @Test("print nothing and read no environment but where the command line does")
  func sideEffects() throws {
    let refused = try Regex("(?:^|[^A-Za-z_.])(?:print|debugPrint|exit|getenv|clock_gettime|readLine)\\(")
    // Programs read the clock that they hand to a notifier.
    let clock = "plugins/curl/Sources/SystemTime.swift"
    for file in Repository.sources
    where !file.hasPrefix("Sources/docket/") && !file.hasPrefix("Sources/CommandOptions/") && file != clock {
      #expect(Repository.text(file).firstMatch(of: refused) == nil, "\(file)")
    }
  }
}

@Suite("The repository")
struct RepositoryTests {
  @Test("mentions no path of one machine")
  func paths() {
    let machines = ["work", "root"].map { "/\($0)/" }
    for file in Repository.files {
      let text = Repository.text(file)
      for path in machines { #expect(!text.contains(path), "\(file)") }
    }
  }
}
