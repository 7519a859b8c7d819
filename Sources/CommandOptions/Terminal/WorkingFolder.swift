import FileAccess

/// The folder that the command was started in.
package enum WorkingFolder {
  /// Its absolute names without a slash at the end: the one without links first, then the one that the shell knows it by.
  package static var names: [String] {
    let here = resolvingLinks(".")
    guard let named = Environment.value(of: "PWD"), named != here, resolvingLinks(named) == here else {
      return [here]
    }
    return [here, named]
  }
}
