// swift-tools-version: 6.2
import PackageDescription

// Targets stand in the order data flows: rule files, tickets, time, compilation, evaluation, plugins, engine, command line.
// `Tests/ArchitectureTests` asserts that no file imports more than is listed here.

let package = Package(
  name: "docket",
  products: [
    .executable(name: "docket", targets: ["docket"]),
    .executable(name: "docket-run", targets: ["docket-run"]),
    .library(name: "PluginAPI", targets: ["PluginAPI"]),
    .executable(name: "ExpressionBenchmark", targets: ["ExpressionBenchmark"]),
    .library(name: "PluginKit", targets: ["PluginKit"]),
    .library(name: "PluginHost", targets: ["PluginHost"]),
    .executable(name: "docket-sqlite", targets: ["docket-sqlite"]),
    .library(name: "SQLiteStore", targets: ["SQLiteStore"]),
    .executable(name: "docket-postgresql", targets: ["docket-postgresql"]),
    .library(name: "PostgreSQLStore", targets: ["PostgreSQLStore"]),
  ],
  traits: [
    // Plugins that are programs of their own. Off: nothing of them is fetched, compiled or linked.
    .trait(name: "SQLite", description: "the store sqlite, over GRDB and the system's SQLite"),
    .trait(name: "PostgreSQL", description: "the store postgresql, over libpq"),
    .trait(name: "Curl", description: "the notifiers webhook, email and alertmanager, over libcurl"),
    .trait(
      name: "Service", description: "the service, docket run: its state over GRDB, its pages over Hummingbird"
    ),
    .trait(
      name: "Plugins", description: "all plugins that are programs of their own",
      enabledTraits: ["SQLite", "PostgreSQL", "Curl"]),
    .default(enabledTraits: []),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
  ],
  targets: [
    // What everything speaks in.
    .target(name: "Diagnostics"),
    .target(name: "FileAccess", dependencies: ["Diagnostics"]),
    .target(name: "ByteOutput"),
    .target(name: "CProcess"),
    .target(name: "ProcessAccess", dependencies: ["CProcess", "FileAccess"]),

    // Rule files to declarations.
    .systemLibrary(
      name: "CLibYAML", path: "Sources/CLibYAML", pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .target(name: "LocatedYAML", dependencies: ["CLibYAML", "Diagnostics"]),
    .target(name: "RuleSyntax", dependencies: ["LocatedYAML", "Diagnostics"]),

    // Values: time, tickets, expressions.
    .target(name: "WorkingTime"),
    .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),
    .target(name: "Expressions", dependencies: ["Diagnostics", "CRE2"], exclude: ["README.md"]),
    .target(name: "TicketModel", dependencies: ["WorkingTime", "Diagnostics"]),

    // Declarations to a rulebook, a rulebook and a ticket to a decision.
    .target(
      name: "RuleEvaluator",
      dependencies: ["Expressions", "TicketModel", "WorkingTime", "ByteOutput", "Diagnostics"]),
    // What is wrong with rules that load; tables are proved complete with it when they are compiled.
    .target(
      name: "RuleAnalysis",
      dependencies: ["RuleEvaluator", "Expressions", "TicketModel", "WorkingTime", "Diagnostics"]),
    // What two rulebooks say differently: about tickets, and without any.
    .target(
      name: "RuleDifference",
      dependencies: [
        "RuleAnalysis", "RuleEvaluator", "Expressions", "TicketModel", "WorkingTime", "Diagnostics",
      ]),
    .target(
      name: "RuleCompiler",
      dependencies: [
        "RuleSyntax", "LocatedYAML", "RuleAnalysis", "RuleEvaluator", "Expressions", "TicketModel",
        "WorkingTime",
        "Diagnostics",
      ]),

    // Stores and notifiers.
    .target(name: "PluginAPI", dependencies: ["ByteOutput"]),
    .target(name: "CByteMasks"),
    .target(name: "PluginProtocol", dependencies: ["CByteMasks", "PluginAPI"]),
    // Rule files for editors: JSON Schema, layout, a language server.
    .target(name: "RuleFormat", dependencies: ["LocatedYAML", "Diagnostics"]),
    .target(name: "RuleSchema", dependencies: ["RuleSyntax", "PluginProtocol"]),
    .target(
      name: "LanguageServer",
      dependencies: [
        "RuleSchema", "RuleFormat", "RuleCompiler", "RuleEvaluator", "RuleSyntax", "LocatedYAML",
        "PluginProtocol", "WorkingTime", "Diagnostics",
      ]),
    .target(name: "PluginKit", dependencies: ["PluginProtocol", "PluginAPI", "FileAccess"]),
    .target(
      name: "PluginHost",
      dependencies: [
        "PluginProtocol", "PluginAPI", "ProcessAccess", "LocatedYAML", "FileAccess", "Diagnostics",
      ]),
    .target(
      name: "PluginConformance",
      dependencies: [
        "PluginHost", "PluginProtocol", "PluginAPI", "ProcessAccess", "LocatedYAML", "FileAccess",
        "Diagnostics",
      ]),
    .systemLibrary(
      name: "CZlib", path: "Sources/CZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(
      name: "FilesStore", dependencies: ["PluginAPI", "FileAccess", "LocatedYAML", "Diagnostics", "CZlib"],
      path: "plugins/stores/files/Sources"),
    .target(
      name: "FileNotifier", dependencies: ["PluginAPI", "FileAccess"], path: "plugins/notifiers/file/Sources"),
    .target(
      name: "ConsoleNotifier", dependencies: ["PluginAPI", "FileAccess", "Diagnostics"],
      path: "plugins/notifiers/console/Sources"),
    // Stores that are programs of their own.
    .target(
      name: "SQLiteStore",
      dependencies: [
        "PluginAPI", "FileAccess", "Diagnostics",
        .product(name: "GRDB", package: "GRDB.swift", condition: .when(traits: ["SQLite"])),
        .product(name: "GRDBSQLite", package: "GRDB.swift", condition: .when(traits: ["SQLite"])),
      ], path: "plugins/stores/sqlite/Sources/SQLiteStore"),
    .executableTarget(
      name: "docket-sqlite", dependencies: ["SQLiteStore", "PluginKit"],
      path: "plugins/stores/sqlite/Sources/docket-sqlite"),
    .systemLibrary(
      name: "CLibPQ", path: "plugins/stores/postgresql/Sources/CLibPQ", pkgConfig: "libpq",
      providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
    .target(
      name: "PostgreSQLStore",
      dependencies: [
        "PluginAPI", "Diagnostics", .target(name: "CLibPQ", condition: .when(traits: ["PostgreSQL"])),
      ], path: "plugins/stores/postgresql/Sources/PostgreSQLStore"),
    .executableTarget(
      name: "docket-postgresql", dependencies: ["PostgreSQLStore", "PluginKit"],
      path: "plugins/stores/postgresql/Sources/docket-postgresql"),
    .target(
      name: "CommandStore", dependencies: ["PluginAPI", "PluginProtocol", "ProcessAccess", "FileAccess"],
      path: "plugins/stores/command/Sources"),
    .target(
      name: "CommandNotifier", dependencies: ["PluginAPI", "PluginProtocol", "ProcessAccess"],
      path: "plugins/notifiers/command/Sources"),

    // Notifiers over libcurl.
    .systemLibrary(
      name: "CCurl", path: "plugins/curl/CCurl", pkgConfig: "libcurl",
      providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
    .target(
      name: "CurlTransfer",
      dependencies: ["PluginAPI", .target(name: "CCurl", condition: .when(traits: ["Curl"]))],
      path: "plugins/curl/Sources"),
    .target(
      name: "EmailNotifier", dependencies: ["CurlTransfer", "PluginAPI"],
      path: "plugins/notifiers/email/Sources/EmailNotifier"),
    .target(
      name: "WebhookNotifier",
      dependencies: [
        "CurlTransfer", "PluginProtocol", "PluginAPI", "Diagnostics",
        .product(name: "Crypto", package: "swift-crypto", condition: .when(traits: ["Curl"])),
      ], path: "plugins/notifiers/webhook/Sources/WebhookNotifier"),
    .target(
      name: "AlertmanagerNotifier",
      dependencies: ["CurlTransfer", "PluginProtocol", "PluginAPI", "Diagnostics"],
      path: "plugins/notifiers/alertmanager/Sources/AlertmanagerNotifier"),
    .executableTarget(
      name: "docket-webhook", dependencies: ["WebhookNotifier", "CurlTransfer", "PluginKit"],
      path: "plugins/notifiers/webhook/Sources/docket-webhook"),
    .executableTarget(
      name: "docket-email", dependencies: ["EmailNotifier", "CurlTransfer", "PluginKit"],
      path: "plugins/notifiers/email/Sources/docket-email"),
    .executableTarget(
      name: "docket-alertmanager", dependencies: ["AlertmanagerNotifier", "CurlTransfer", "PluginKit"],
      path: "plugins/notifiers/alertmanager/Sources/docket-alertmanager"),

    // Decisions to bytes and words; tickets through the stages.
    .target(
      name: "Reports",
      dependencies: [
        "RuleDifference", "RuleAnalysis", "RuleEvaluator", "TicketModel", "WorkingTime", "ByteOutput",
        "Diagnostics",
      ]),
    .target(
      name: "Engine",
      dependencies: [
        "RuleCompiler", "RuleDifference", "RuleAnalysis", "RuleEvaluator", "Reports", "PluginAPI",
        "TicketModel",
        "WorkingTime", "LocatedYAML",
        "ByteOutput", "FileAccess", "Diagnostics",
      ]),

    // Tests beside the rules, and whether they would notice a change.
    .target(
      name: "RuleTesting",
      dependencies: [
        "Engine", "Reports", "PluginAPI", "RuleCompiler", "RuleEvaluator", "TicketModel", "WorkingTime",
        "LocatedYAML", "ByteOutput", "FileAccess", "Diagnostics",
      ]),

    // What the service remembers, in one file.
    .target(
      name: "SQLiteState",
      dependencies: [
        "Engine", "RuleEvaluator", "PluginAPI", "WorkingTime",
        .product(name: "GRDB", package: "GRDB.swift", condition: .when(traits: ["Service"])),
        .product(name: "GRDBSQLite", package: "GRDB.swift", condition: .when(traits: ["Service"])),
      ]),

    // What the command lines share: options, plugins by name, the terminal.
    .target(
      name: "CommandOptions",
      dependencies: [
        "Engine", "RuleEvaluator", "PluginAPI", "PluginHost", "FilesStore", "CommandStore", "FileNotifier",
        "ConsoleNotifier", "CommandNotifier", "WorkingTime", "ProcessAccess", "FileAccess", "Diagnostics",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // What the service does, for logs and gauges.
    .target(
      name: "Telemetry",
      dependencies: [
        "Engine", "WorkingTime",
        .product(name: "Logging", package: "swift-log", condition: .when(traits: ["Service"])),
        .product(name: "CoreMetrics", package: "swift-metrics", condition: .when(traits: ["Service"])),
        .product(name: "Metrics", package: "swift-metrics", condition: .when(traits: ["Service"])),
      ]),

    // The composition roots.
    .executableTarget(
      name: "docket-run",
      dependencies: [
        "CommandOptions", "SQLiteState", "Telemetry", "Engine", "RuleEvaluator", "PluginAPI", "WorkingTime",
        "FileAccess", "Diagnostics",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Hummingbird", package: "hummingbird", condition: .when(traits: ["Service"])),
        .product(name: "Logging", package: "swift-log", condition: .when(traits: ["Service"])),
        .product(
          name: "ServiceLifecycle", package: "swift-service-lifecycle", condition: .when(traits: ["Service"])),
        .product(
          name: "UnixSignals", package: "swift-service-lifecycle", condition: .when(traits: ["Service"])),
      ]),
    .executableTarget(
      name: "docket",
      dependencies: [
        "CommandOptions", "Engine", "RuleDifference", "RuleAnalysis", "RuleEvaluator", "Reports", "PluginAPI",
        "PluginHost",
        "PluginConformance", "PluginProtocol", "RuleFormat", "RuleSchema", "LanguageServer", "RuleTesting",
        "TicketModel", "WorkingTime", "ProcessAccess", "FileAccess", "ByteOutput", "Diagnostics",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Expressions beside the same by hand; `make bench` runs it.
    .target(name: "CAllocationCount", path: "Benchmarks/expressions/CAllocationCount"),
    .executableTarget(
      name: "ExpressionBenchmark", dependencies: ["Expressions", "CAllocationCount"],
      path: "Benchmarks/expressions/Sources"),

    // Tests, one target a module.
    .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"]),
    .testTarget(name: "FileAccessTests", dependencies: ["FileAccess"]),
    .testTarget(name: "ByteOutputTests", dependencies: ["ByteOutput"]),
    .testTarget(
      name: "LocatedYAMLTests", dependencies: ["LocatedYAML", "Diagnostics"], exclude: ["Fixtures"]),
    .testTarget(
      name: "RuleSyntaxTests", dependencies: ["RuleSyntax", "LocatedYAML", "Diagnostics"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "RuleFormatTests", dependencies: ["RuleFormat", "LocatedYAML", "Diagnostics"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "LanguageServerTests",
      dependencies: ["LanguageServer", "RuleEvaluator", "PluginProtocol", "WorkingTime", "Diagnostics"]),
    .testTarget(
      name: "RuleSchemaTests",
      dependencies: ["RuleSchema", "RuleSyntax", "PluginProtocol", "Diagnostics"],
      exclude: ["schema_check.py"]),
    .testTarget(
      name: "ExpressionsTests", dependencies: ["Expressions", "Diagnostics"], exclude: ["Seeds"]),
    .testTarget(name: "WorkingTimeTests", dependencies: ["WorkingTime"]),
    .testTarget(name: "TicketModelTests", dependencies: ["TicketModel", "WorkingTime", "Diagnostics"]),
    .target(
      name: "TestSupport",
      dependencies: ["RuleCompiler", "RuleEvaluator", "TicketModel", "WorkingTime", "Diagnostics"],
      path: "Tests/TestSupport"),
    .testTarget(
      name: "RuleAnalysisTests",
      dependencies: [
        "RuleAnalysis", "RuleCompiler", "RuleEvaluator", "TicketModel", "WorkingTime", "Diagnostics",
        "TestSupport",
      ], exclude: ["Fixtures"]),
    .testTarget(
      name: "RuleDifferenceTests",
      dependencies: [
        "RuleDifference", "RuleAnalysis", "RuleEvaluator", "TicketModel", "WorkingTime", "TestSupport",
      ]),
    .testTarget(
      name: "RuleCompilerTests",
      dependencies: [
        "RuleCompiler", "RuleEvaluator", "TicketModel", "WorkingTime", "Diagnostics", "TestSupport",
      ], exclude: ["Fixtures"]),
    .testTarget(
      name: "RuleEvaluatorTests",
      dependencies: ["RuleEvaluator", "TicketModel", "WorkingTime", "TestSupport"]),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "Reports", "RuleEvaluator", "TicketModel", "WorkingTime", "ByteOutput", "Diagnostics", "TestSupport",
      ],
      exclude: ["Fixtures"]),
    .testTarget(name: "PluginAPITests", dependencies: ["PluginAPI"]),
    // A store in a process of its own, for tests and for measurements.
    .executableTarget(
      name: "sampleplugin", dependencies: ["PluginKit", "PluginAPI"], path: "Tests/SamplePlugin/Sources"),
    // Tickets a second through a plugin's process: docs/plugin-measurements.md.
    .executableTarget(
      name: "pluginmeasurement", dependencies: ["PluginHost", "PluginAPI"],
      path: "Tests/PluginMeasurement/Sources"),
    .testTarget(name: "ProcessAccessTests", dependencies: ["ProcessAccess"]),
    .testTarget(name: "PluginProtocolTests", dependencies: ["CByteMasks", "PluginProtocol", "PluginAPI"]),
    // Runs the sample plugin; the dependency sees to it that it is there.
    .testTarget(
      name: "PluginKitTests",
      dependencies: [
        "sampleplugin", "PluginKit", "PluginProtocol", "PluginConformance", "PluginHost", "PluginAPI",
      ]),
    .testTarget(
      name: "PluginHostTests",
      dependencies: [
        "PluginHost", "PluginProtocol", "PluginAPI", "ProcessAccess", "FileAccess", "Diagnostics",
      ],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "EngineTests",
      dependencies: [
        "Engine", "Reports", "RuleDifference", "RuleEvaluator", "PluginAPI", "TicketModel", "WorkingTime",
        "FileAccess", "Diagnostics", "TestSupport",
      ],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "RuleTestingTests", dependencies: ["RuleTesting", "Engine", "RuleEvaluator", "Diagnostics"],
      exclude: ["Fixtures"]),
    // A service to be killed.
    .executableTarget(
      name: "killharness",
      dependencies: ["SQLiteState", "Engine", "RuleEvaluator", "PluginAPI", "WorkingTime", "TestSupport"],
      path: "Tests/KillHarness/Sources"),
    // Many open tickets: Benchmarks/service/bench.py.
    .executableTarget(
      name: "servicemeasurement",
      dependencies: ["SQLiteState", "SQLiteStore", "Engine", "RuleEvaluator", "PluginAPI", "WorkingTime"],
      path: "Tests/ServiceMeasurement/Sources"),
    .testTarget(
      name: "ServiceTests",
      dependencies: [
        "killharness", "SQLiteState", "Engine", "RuleEvaluator", "PluginAPI", "WorkingTime", "TestSupport",
        "AlertmanagerNotifier", "CurlTransfer", "TestServers",
      ],
      exclude: ["Fixtures"]),
    // Runs the built programs.
    .testTarget(name: "RunTests", dependencies: ["docket", "docket-run"]),
    .testTarget(
      name: "TelemetryTests",
      dependencies: [
        "Telemetry",
        .product(name: "CoreMetrics", package: "swift-metrics", condition: .when(traits: ["Service"])),
      ]),
    // Runs the built program; the dependency sees to it that it is there.
    .testTarget(name: "docketTests", dependencies: ["docket"], exclude: ["Fixtures"]),
    .testTarget(name: "ArchitectureTests"),
    .testTarget(
      name: "FilesStoreTests", dependencies: ["FilesStore", "PluginConformance", "PluginAPI"],
      path: "plugins/stores/files/Tests", exclude: ["Fixtures"]),
    .testTarget(
      name: "SQLiteStoreTests",
      dependencies: [
        "SQLiteStore", "PluginConformance", "PluginAPI",
        .product(name: "GRDB", package: "GRDB.swift", condition: .when(traits: ["SQLite"])),
      ], path: "plugins/stores/sqlite/Tests", exclude: ["fill.py"]),
    .testTarget(
      name: "PostgreSQLStoreTests", dependencies: ["PostgreSQLStore", "PluginConformance", "PluginAPI"],
      path: "plugins/stores/postgresql/Tests", exclude: ["server.py"]),
    .testTarget(
      name: "CommandStoreTests",
      dependencies: ["CommandStore", "PluginConformance", "PluginAPI", "ProcessAccess"],
      path: "plugins/stores/command/Tests"),
    .testTarget(
      name: "CommandNotifierTests",
      dependencies: ["CommandNotifier", "PluginConformance", "PluginAPI", "ProcessAccess"],
      path: "plugins/notifiers/command/Tests"),
    .testTarget(
      name: "FileNotifierTests", dependencies: ["FileNotifier", "PluginConformance", "PluginAPI"],
      path: "plugins/notifiers/file/Tests"),
    .target(name: "TestServers", path: "Tests/TestServers", exclude: ["Fixtures"]),
    .testTarget(
      name: "CurlTransferTests", dependencies: ["CurlTransfer", "PluginAPI", "TestServers"],
      path: "plugins/curl/Tests"),
    // Runs the built programs with the built command line.
    .testTarget(
      name: "CurlProgramTests",
      dependencies: [
        "docket", "docket-webhook", "docket-email", "docket-alertmanager", "WebhookNotifier", "EmailNotifier",
        "AlertmanagerNotifier", "CurlTransfer", "Engine", "PluginHost", "PluginAPI", "Diagnostics",
        "TestServers",
      ],
      path: "plugins/curl/ProgramTests"),
    .testTarget(
      name: "WebhookNotifierTests",
      dependencies: ["WebhookNotifier", "PluginConformance", "PluginAPI", "TestServers"],
      path: "plugins/notifiers/webhook/Tests", exclude: ["Fixtures", "companion.py"]),
    .testTarget(
      name: "AlertmanagerNotifierTests",
      dependencies: [
        "AlertmanagerNotifier", "CurlTransfer", "PluginConformance", "PluginAPI", "TestServers",
      ],
      path: "plugins/notifiers/alertmanager/Tests", exclude: ["companion.py"]),
    .testTarget(
      name: "EmailNotifierTests",
      dependencies: ["EmailNotifier", "PluginConformance", "PluginAPI", "TestServers"],
      path: "plugins/notifiers/email/Tests", exclude: ["companion.py", "companion.sh"]),
    .testTarget(
      name: "ConsoleNotifierTests", dependencies: ["ConsoleNotifier", "PluginConformance", "PluginAPI"],
      path: "plugins/notifiers/console/Tests", exclude: ["Fixtures"]),
  ]
)

for target in package.targets where target.type != .system && target.type != .plugin {
  target.swiftSettings = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
  ]
}

// The command line without any shared library, which starts sooner and runs on any Linux; scripts/links-statically tells whether it can be.
// The code stays position independent, with relocations packed. To be built with --disable-local-rpath: glibc starts no static program
// that has a path to look for shared libraries.
if Context.environment["DOCKET_STATIC"] == "1" {
  package.targets.first { $0.name == "docket" }?.linkerSettings = [
    .unsafeFlags([
      "-static-executable", "-Xclang-linker", "-static-pie", "-use-ld=lld", "-Xlinker",
      "--pack-dyn-relocs=relr",
      "-Xlinker", "--build-id=sha1",
    ])
  ]
}
