// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that the project's builds know nothing of it.
let package = Package(
  name: "store-benchmark",
  dependencies: [
    .package(name: "docket", path: "../..", traits: ["SQLite", "PostgreSQL"]),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    .systemLibrary(name: "CBareLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .executableTarget(
      name: "store-reader",
      dependencies: [
        "CBareLibPQ",
        .product(name: "PluginAPI", package: "docket"),
        .product(name: "PluginHost", package: "docket"),
        .product(name: "SQLiteStore", package: "docket"),
        .product(name: "PostgreSQLStore", package: "docket"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
  ]
)
