import CommandOptions

/// What is said where rules of a revision cannot be read.
enum RevisionWording {
  static func noGit(_ name: String) -> Failure {
    Failure(
      .usage, "'\(name)' is no folder, and git, which could know it as a revision, was not found",
      hint: "name a folder with rules, or install git")
  }

  static func noRepository(_ name: String) -> Failure {
    Failure(
      .usage, "'\(name)' is no folder, and no revision: the current folder is in no git repository",
      hint: "name a folder with rules, or run docket inside of the repository")
  }

  static func unknownRevision(_ revision: String, _ name: String, _ suggestion: String?) -> Failure {
    Failure(
      .usage, "'\(name)' is no folder, and git knows no revision '\(revision)'",
      hint: suggestion ?? "write a branch, a tag or a commit, then a colon and the folder: main:rules/desk")
  }

  static func unknownPath(_ path: String, _ revision: String, _ suggestion: String?) -> Failure {
    Failure(
      .usage, "the revision '\(revision)' has no folder '\(path)'",
      hint: suggestion
        ?? "paths behind the colon begin at the repository's folder, with ./ at the current one")
  }

  static func unreadable(_ path: String) -> Failure {
    Failure(.failure, "git could not give '\(path)'")
  }
}
