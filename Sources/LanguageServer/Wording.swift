/// What the server says outside of hovers (`HoverText`) and errors (`RPCError`).
enum Wording {
  static func noRoom(_ uri: String) -> String {
    "there is no room for '\(uri)': too much text is open"
  }
}
