import Diagnostics

extension RulePage {
  /// What keeps a file from being read: its encoding, and YAML that is not allowed.
  static let filePages: [RulePage] = [
    RulePage(
      "complex-key", "A list or a mapping stands where a key belongs.",
      why: "Keys are names.",
      example: """
        fields:
          [a, b]: {type: string}
        """,
      fix: "Quote the key if it is a text with brackets."),
    RulePage(
      "duplicate-key", "A key stands twice in one mapping.",
      why: "One of the two would be lost without a word.",
      example: """
        fields:
          type: {type: string}
          type: {type: integer}
        """,
      fix: "Remove or rename one of them."),
    RulePage(
      "empty-file", "The file holds no document.",
      why: "A file that was emptied by accident would switch rules off.",
      example: Example("# nothing yet\n", isWhole: true),
      fix: "Write rules, or delete the file."),
    RulePage(
      "empty-key", "There is no key before a ':'.",
      why: "A value without a name belongs nowhere.",
      example: """
        fields:
            '': {type: string}
        """,
      fix: "Write the key."),
    RulePage(
      "file-too-large", "The file is larger than 8 MiB.",
      why: "What is read is bounded, so that no file can take all memory.",
      example: .tooLarge,
      fix: "Split it into several files, or put the rows of a table into CSV."),
    RulePage(
      "invalid-utf8", "The file is not UTF-8.",
      why: "Letters in another encoding would be read wrong.",
      example: .notUTF8,
      fix: "Save the file as UTF-8; it may be in another encoding, such as GBK or UTF-16."),
    RulePage(
      "merge-key", "`<<` merges mappings.",
      why: "What a rule says must stand in its place.",
      example: """
        fields:
          type: {<<: {type: string}}
        """,
      fix: "Write the keys out."),
    RulePage(
      "refused-character", "An invisible character, or a line end of another age.",
      why: "It is not seen and changes what names mean.",
      example: Example("fields:\n  na\u{200B}me: {type: string}\n  nul: \u{1}\n"),
      fix: "Delete it; save the file with line ends LF or CR LF."),
    RulePage(
      "several-documents", "A second document starts in the file.",
      why: "A file holds one.",
      example: Example("format: 1\nrulebook: example\n---\nformat: 1\n", isWhole: true),
      fix: "Move it to a file of its own, or remove `---`."),
    RulePage(
      "tab-in-indentation", "A tab indents a line.",
      why: "Its width is not the same for everybody.",
      example: Example("fields:\n\ttype: {type: string}\n"),
      fix: "Indent with spaces."),
    RulePage(
      "too-deep", "Lists and mappings stand more than 64 deep in one another.",
      why: "No rule needs it, and it takes the reader's memory.",
      example: .tooDeep,
      fix: "Take the brackets away."),
    RulePage(
      "too-many-problems", "The file has so many problems that the rest is not listed.",
      why: "A file of another kind was probably read as rules.",
      example: .manyProblems,
      fix: "Mend what is listed, and look again."),
    RulePage(
      "yaml-alias", "A YAML alias, `*name`.",
      why: "What a rule says must stand in its place.",
      example: """
        fields:
          type: *other
        """,
      fix: "Write the value out; quote a text that starts with `*`."),
    RulePage(
      "yaml-anchor", "A YAML anchor, `&name`.",
      why: "What a rule says must stand in its place.",
      example: """
        fields:
          type: &kind {type: string}
        """,
      fix: "Write the value out where it is needed; quote a text that starts with `&`."),
    RulePage(
      "yaml-directive", "A `%` directive.",
      why: "Rule files have one form.",
      example: Example("%YAML 1.2\n---\nformat: 1\n", isWhole: true),
      fix: "Remove the line."),
    RulePage(
      "yaml-syntax", "The file is not YAML.",
      why: "Nothing of it can be read for sure.",
      example: """
        fields:
          type: [a, b
        """,
      fix: "Follow the hint: mostly a space, a quote or a bracket is missing."),
    RulePage(
      "yaml-tag", "A YAML tag, `!name`.",
      why: "The type of a value follows from its place.",
      example: """
        fields:
          type: !text {type: string}
        """,
      fix: "Remove the tag, or quote the text; write an expression that starts with `!` under `|-`."),
  ]
}
