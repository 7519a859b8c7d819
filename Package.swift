// swift-tools-version: 6.2
import PackageDescription

// Targets stand in the order data flows: rule files, tickets, time, compilation, evaluation, plugins, engine, command line.
// `Tests/ArchitectureTests` asserts that no file imports more than is listed here.

let package = Package(
  name: "docket",
  products: [
    .executable(name: "docket", targets: ["docket"]),
    .library(name: "PluginAPI", targets: ["PluginAPI"]),
    .library(name: "PluginKit", targets: ["PluginKit"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // What everything speaks in.
    .target(name: "Diagnostics"),
    .target(name: "FileAccess", dependencies: ["Diagnostics"]),
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
      name: "RuleEvaluator", dependencies: ["Expressions", "TicketModel", "WorkingTime", "Diagnostics"]),
    .target(
      name: "RuleCompiler",
      dependencies: [
        "RuleSyntax", "LocatedYAML", "RuleEvaluator", "Expressions", "TicketModel", "WorkingTime",
        "Diagnostics",
      ]),

    // Stores and notifiers.
    .target(name: "PluginAPI"),
    .target(name: "PluginProtocol", dependencies: ["PluginAPI"]),
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

    .target(
      name: "CommandStore", dependencies: ["PluginAPI", "PluginProtocol", "ProcessAccess", "FileAccess"],
      path: "plugins/stores/command/Sources"),
    .target(
      name: "CommandNotifier", dependencies: ["PluginAPI", "PluginProtocol", "ProcessAccess"],
      path: "plugins/notifiers/command/Sources"),

    // Decisions to bytes and words; tickets through the stages.
    .target(
      name: "Reports", dependencies: ["RuleEvaluator", "TicketModel", "WorkingTime", "Diagnostics"]),
    .target(
      name: "Engine",
      dependencies: [
        "RuleCompiler", "RuleEvaluator", "Reports", "PluginAPI", "TicketModel", "WorkingTime", "LocatedYAML",
        "FileAccess", "Diagnostics",
      ]),

    // The composition root.
    .executableTarget(
      name: "docket",
      dependencies: [
        "Engine", "RuleEvaluator", "Reports", "PluginAPI", "PluginHost", "PluginConformance",
        "FilesStore", "CommandStore", "FileNotifier", "ConsoleNotifier", "CommandNotifier", "TicketModel",
        "WorkingTime", "ProcessAccess",
        "FileAccess", "Diagnostics",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Tests, one target a module.
    .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"]),
    .testTarget(name: "FileAccessTests", dependencies: ["FileAccess"]),
    .testTarget(
      name: "LocatedYAMLTests", dependencies: ["LocatedYAML", "Diagnostics"], exclude: ["Fixtures"]),
    .testTarget(
      name: "RuleSyntaxTests", dependencies: ["RuleSyntax", "LocatedYAML", "Diagnostics"],
      exclude: ["Fixtures"]),
    .testTarget(name: "ExpressionsTests", dependencies: ["Expressions", "Diagnostics"]),
    .testTarget(name: "WorkingTimeTests", dependencies: ["WorkingTime"]),
    .testTarget(name: "TicketModelTests", dependencies: ["TicketModel", "WorkingTime", "Diagnostics"]),
    .target(
      name: "TestSupport",
      dependencies: ["RuleCompiler", "RuleEvaluator", "TicketModel", "WorkingTime", "Diagnostics"],
      path: "Tests/TestSupport"),
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
      dependencies: ["Reports", "RuleEvaluator", "TicketModel", "WorkingTime", "Diagnostics", "TestSupport"],
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
    .testTarget(name: "PluginProtocolTests", dependencies: ["PluginProtocol", "PluginAPI"]),
    // Runs the sample plugin; the dependency sees to it that it is there.
    .testTarget(
      name: "PluginKitTests", dependencies: ["sampleplugin", "PluginConformance", "PluginHost", "PluginAPI"]),
    .testTarget(
      name: "PluginHostTests",
      dependencies: ["PluginHost", "PluginAPI", "ProcessAccess", "FileAccess", "Diagnostics"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "EngineTests",
      dependencies: ["Engine", "RuleEvaluator", "PluginAPI", "WorkingTime", "FileAccess", "Diagnostics"],
      exclude: ["Fixtures"]),
    // Runs the built program; the dependency sees to it that it is there.
    .testTarget(name: "docketTests", dependencies: ["docket"], exclude: ["Fixtures"]),
    .testTarget(name: "ArchitectureTests"),
    .testTarget(
      name: "FilesStoreTests", dependencies: ["FilesStore", "PluginConformance", "PluginAPI"],
      path: "plugins/stores/files/Tests", exclude: ["Fixtures"]),
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
