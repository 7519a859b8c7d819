import ArgumentParser

@main
struct Docket: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "docket", abstract: "A rule engine for service tickets.")
}
