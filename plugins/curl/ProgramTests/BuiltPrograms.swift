#if Curl
  import Foundation
  import TestServers

  /// The built programs of the notifiers, each in a copy of its folder, and the built command line to run them with.
  struct BuiltPrograms {
    static let names = ["webhook", "email", "alertmanager"]

    /// A folder whose `plugins` holds the notifiers as `make plugins` leaves them.
    let folder: TestFolder
    private static let repository = URL(filePath: #filePath).appending(path: "../../../..").standardized.path

    /// The programs stand beside the test bundle.
    private static let programs: String = {
      let bundle = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path
      if FileManager.default.isExecutableFile(atPath: bundle + "/docket") { return bundle }
      return URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
        .path
    }()

    init() throws {
      folder = try TestFolder()
      let files = FileManager.default
      for name in Self.names {
        let copy = "\(folder.path)/plugins/notifiers/\(name)"
        try files.createDirectory(atPath: copy + "/bin", withIntermediateDirectories: true)
        for part in ["plugin.yaml", "conformance.yaml", "sample.yaml", "Tests"] {
          try files.copyItem(
            atPath: "\(Self.repository)/plugins/notifiers/\(name)/\(part)", toPath: "\(copy)/\(part)")
        }
        try files.copyItem(
          atPath: "\(Self.programs)/docket-\(name)", toPath: "\(copy)/bin/docket-\(name)")
      }
      // Where a companion looks for the project's own Python.
      try files.createSymbolicLink(
        atPath: folder.path + "/.build", withDestinationPath: Self.repository + "/.build")
      try files.createSymbolicLink(
        atPath: folder.path + "/rules", withDestinationPath: Self.repository + "/rules")
    }

    struct Result {
      var status: Int32
      /// Of standard output and standard error.
      var output: String
    }

    /// Runs `docket` in the folder.
    func docket(_ arguments: [String], environment: [String: String] = [:]) throws -> Result {
      let process = Process()
      process.executableURL = URL(filePath: Self.programs + "/docket")
      process.arguments = arguments
      process.currentDirectoryURL = URL(filePath: folder.path)
      let own = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder.path]
      process.environment = own.merging(environment) { $1 }
      process.standardInput = FileHandle.nullDevice
      let output = folder.path + "/output"
      try Data().write(to: URL(filePath: output))
      process.standardOutput = FileHandle(forWritingAtPath: output)
      process.standardError = process.standardOutput
      try process.run()
      process.waitUntilExit()
      return Result(status: process.terminationStatus, output: try text("output"))
    }

    func text(_ name: String) throws -> String {
      try String(contentsOfFile: "\(folder.path)/\(name)", encoding: .utf8)
    }

    func write(_ text: String, to name: String) throws {
      try text.write(toFile: "\(folder.path)/\(name)", atomically: true, encoding: .utf8)
    }
  }
#endif
