import PluginAPI

/// The settings of a files store, read and checked.
struct FilesStoreSettings {
  static let keys = ["path", "format", "id_field", "allow_empty"]

  let paths: [String]
  /// The format of every file, whatever its name and content say.
  let format: FileFormat?
  let idField: String
  /// Whether a folder or a pattern may stand for no file.
  let allowsEmpty: Bool
  private let configuration: PluginConfiguration

  init(_ configuration: PluginConfiguration) throws(PluginError) {
    self.configuration = configuration
    try configuration.requireKnownKeys(Self.keys)
    paths = try configuration.texts("path")
    let name = try configuration.choice("format", of: ["auto"] + FileFormat.allCases.map(\.rawValue))
    format = name.flatMap(FileFormat.init(rawValue:))
    idField = try configuration.text("id_field") ?? "id"
    allowsEmpty = try configuration.boolean("allow_empty") ?? false
    if paths.isEmpty { throw configuration.wrong("path", Messages.noPath, hint: Messages.noPathHint) }
    if let index = paths.firstIndex(of: "") {
      throw wrongPath(index, Messages.emptyPath, hint: Messages.noPathHint)
    }
  }

  /// A `.configuration` error that points at the path at `index`.
  func wrongPath(_ index: Int, _ message: String, hint: String? = nil) -> PluginError {
    let isList = if case .list = configuration.values["path"] { true } else { false }
    return PluginError(.configuration, message, pointer: isList ? "/path/\(index)" : "/path", hint: hint)
  }

  /// The same for a path that was found through the settings.
  func wrongFile(_ message: String, hint: String? = nil) -> PluginError {
    PluginError(.configuration, message, pointer: "/path", hint: hint)
  }
}
