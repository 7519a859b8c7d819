public import Diagnostics

/// What there is to know about a code: `docket lint --explain` prints it, and `docs/lint-rules.md` is made of all of them.
public struct RulePage: Sendable {
  public let code: DiagnosticCode
  /// What the message says, in one or two sentences.
  public let what: String
  /// Why it matters.
  public let why: String
  /// Rules that raise the code.
  public let example: Example
  /// How to mend it.
  public let fix: String

  /// A rulebook of few lines, and the files that it names.
  public struct Example: Sendable, ExpressibleByStringLiteral {
    /// The rule file, without its first lines, `format` and `rulebook`, where `isWhole` is false.
    public var rules: String
    public var isWhole = false
    /// Bytes behind the text, where it is no text.
    public var lastBytes: [UInt8] = []
    /// What is shown in place of it, where it is too large to be read.
    public var shown: String?
    /// Other files, such as tables in CSV, by path.
    public var files: [(path: String, text: String)] = []

    public init(stringLiteral rules: String) { self.rules = rules }

    public init(_ rules: String, isWhole: Bool = false, files: [(path: String, text: String)] = []) {
      self.rules = rules
      self.isWhole = isWhole
      self.files = files
    }

    /// The rule file as it is read.
    public var bytes: [UInt8] {
      Array((isWhole ? rules : "format: 1\nrulebook: example\n\(rules)\n").utf8) + lastBytes
    }
  }

  init(_ code: DiagnosticCode, _ what: String, why: String, example: Example, fix: String) {
    self.code = code
    self.what = what
    self.why = why
    self.example = example
    self.fix = fix
  }
}

extension RulePage {
  /// Every code that loading and analysing rules can give, in order.
  public static let all: [RulePage] =
    (analysisPages + filePages + shapePages + namePages + valuePages + tablePages + timePages
    + workflowPages + noticePages + waiverPages + expressionPages)
    .sorted { $0.code < $1.code }

  public static func page(for code: DiagnosticCode) -> RulePage? { all.first { $0.code == code } }

  /// As a person reads it on a terminal.
  public var text: String {
    """
    \(code.rawValue)

    \(what)

    Why: \(why)

    Example:
    \(indented(exampleText))

    Fix: \(fix)

    """
  }

  /// As a section of a Markdown file.
  public var markdown: String {
    """
    ## \(code.rawValue)

    \(what)

    *Why.* \(why)

    ```yaml
    \(exampleText)
    ```

    *Fix.* \(fix)

    """
  }

  private var exampleText: String {
    let others = example.files.map { "# \($0.path):\n\($0.text.trimmingLastLine)" }
    return ([example.shown ?? example.rules.trimmingLastLine] + others).joined(separator: "\n")
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "    \($0)" }
      .joined(separator: "\n")
  }
}

extension String {
  fileprivate var trimmingLastLine: String { hasSuffix("\n") ? String(dropLast()) : self }
}
