import FileAccess
import ProcessAccess

/// What was installed with this program: `PREFIX/bin/docket` finds its plugins and its rulebook below `PREFIX`.
///
/// The places are those of the Filesystem Hierarchy Standard 3.0 (4.7, 4.11). They are relative to the program, so that
/// an archive works wherever it is unpacked. A program in a build folder has none of them.
package enum Installation {
  /// The folder of the plugins that came with docket; nil where there is none.
  package static var plugins: String? { folder("lib/docket/plugins") }

  /// The folder of the reference rulebook; nil where there is none.
  package static var rules: String? { folder("share/docket/rules/technical-service") }

  private static func folder(_ path: String) -> String? {
    guard let program = pathOfThisProgram() else { return nil }
    let bin = program.split(separator: "/").dropLast()
    guard bin.last == "bin" else { return nil }
    let folder = "/" + (bin.dropLast() + [Substring(path)]).joined(separator: "/")
    return kindOfFile(folder) == .folder ? folder : nil
  }
}
