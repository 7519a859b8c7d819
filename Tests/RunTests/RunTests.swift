#if Service
  import Foundation
  import Testing

  @Suite("docket run", .serialized)
  struct RunTests {
    @Test("tells of warning, breach and escalation, each once, and ends on SIGTERM")
    func tells() async throws {
      let program = try RunningProgram()
      try program.start()
      #expect(try await program.waits(for: "watching from now on", in: "log"))
      try program.open("T-1")
      #expect(try await program.waits(for: "T-1/E-1/answer/0/due + 1 second", in: "notices.ndjson"))
      #expect(program.end() == 0)
      let keys = program.text("notices.ndjson").matches(of: /"key":"([^"]+)"/).map { String($0.1) }
      #expect(
        keys == [
          "T-1/answer/answer/0/50%", "T-1/answer/answer/0/due", "T-1/E-1/answer/0/due + 1 second",
        ])
    }

    @Test(
      "says nothing of what fell due before its first start, and is late with what fell due while it was away"
    )
    func away() async throws {
      let program = try RunningProgram()
      try program.open("OLD", secondsAgo: 600)
      try program.start()
      #expect(try await program.waits(for: "all tickets were read once", in: "log"))
      #expect(program.end() == 0)
      let again = try RunningProgram()
      try program.open("NEW")
      try await Task.sleep(for: .seconds(4))
      for name in ["state.sqlite", "tickets/NEW.ndjson", "tickets/OLD.ndjson"] {
        try FileManager.default.copyItem(
          atPath: "\(program.folder)/\(name)", toPath: "\(again.folder)/\(name)")
      }
      try again.start()
      #expect(try await again.waits(for: "watching again", in: "log"))
      #expect(try await again.waits(for: "NEW/E-1/answer/0/due + 1 second", in: "notices.ndjson"))
      #expect(again.end() == 0)
      #expect(!again.text("notices.ndjson").contains("OLD/"))
    }

    @Test("takes over changed rules, and refuses those with errors")
    func reload() async throws {
      let program = try RunningProgram()
      try program.start()
      #expect(try await program.waits(for: "watching from now on", in: "log"))
      try program.write(RunningProgram.rules.replacing("2 seconds", with: "2 secs"), to: "rules/rules.yaml")
      #expect(
        try await program.waits(
          for: "a rule file has changed, but the rules have errors; those in force go on\nrules.yaml:12:",
          in: "log"
        ))
      try program.write(
        RunningProgram.rules.replacing("to: boss", with: "to: boss, via: [mail]"), to: "rules/rules.yaml")
      #expect(
        try await program.waits(
          for: """
            but the rules cannot be used; those in force go on
            error: rules.yaml:14: there is no notifier 'mail'
              = the notifiers of docket.yaml are: out
            """, in: "log"))
      try program.write(RunningProgram.rules.replacing("2 seconds", with: "1 second"), to: "rules/rules.yaml")
      #expect(try await program.waits(for: "the rules are now try@", in: "log"))
      program.signal(SIGHUP)
      #expect(try await program.waits(for: "SIGHUP came; the rules are the same", in: "log"))
      #expect(program.end(by: SIGINT) == 0)
    }

    @Test("serves its health and its metrics")
    func pages() async throws {
      let program = try RunningProgram()
      try program.start(["--listen", "127.0.0.1:0"])
      #expect(try await program.waits(for: "watching from now on", in: "log"))
      #expect(try await program.waits(for: "listening on 127.0.0.1:", in: "log"))
      let port = try #require(program.text("log").firstMatch(of: /listening on 127\.0\.0\.1:([0-9]+)\n/)?.1)
      try program.open("T-1")
      #expect(try await program.waits(for: "T-1/answer/answer/0/50%", in: "notices.ndjson"))
      let health = try await program.page("http://127.0.0.1:\(port)/health", with: #""tickets":2"#)
      #expect(health.status == 200)
      #expect(health.text.hasPrefix(#"{"status":"ok","rulebook":"try@"#))
      #expect(health.text.contains(#""tickets":2"#))
      let delivered = #"docket_deliveries_total{notifier="out",outcome="delivered"} "#
      let metrics = try await program.page("http://127.0.0.1:\(port)/metrics", with: delivered)
      #expect(metrics.text.contains("# TYPE docket_tickets_evaluated_total counter\n"))
      #expect(metrics.text.contains(delivered))
      #expect(metrics.text.contains("docket_tickets 2\n"))
      #expect(program.end() == 0)
    }

    @Test("keeps a second service away from its state")
    func second() async throws {
      let program = try RunningProgram()
      try program.start()
      #expect(try await program.waits(for: "watching from now on", in: "log"))
      let second = try RunningProgram()
      try second.start(["--state", "\(program.folder)/state.sqlite"])
      #expect(second.end(by: nil) == 3)
      #expect(
        second.text("log").contains(
          """
          error: the state file '\(program.folder)/state.sqlite' is used by another process
            = one service has one state file: end the other one, or name another file
          """))
      #expect(program.end() == 0)
    }

    @Test(
      "refuses what it cannot work with",
      arguments: [
        (
          ["--listen", "9464"],
          "error: '9464' is not an address to listen at\n  = write 127.0.0.1:9464, say\n"
        ),
        (["--poll", "soon"], "error: 'soon' is no time between two readings\n  = write '5 seconds', say\n"),
        (
          ["--since", "yesterday"],
          "error: --since 'yesterday' is not an instant\n  = write it as 2026-10-12T10:00:00+08:00 or 2026-10-12T10:00\n"
        ),
      ])
    func refusals(arguments: [String], message: String) throws {
      let program = try RunningProgram()
      try program.start(arguments)
      #expect(program.end(by: nil) == 2)
      #expect(program.text("log") == message)
    }

    @Test("refuses a notifier that would lose what was delivered into it")
    func keepsBack() throws {
      let program = try RunningProgram()
      try program.start(["--notify", "file:path=notices.ndjson,append=false"])
      #expect(program.end(by: nil) == 2)
      #expect(
        program.text("log") == """
          error: the notifier 'file' would keep its file back until the end
            = a service appends: remove 'append: false'

          """)
    }

    @Test("refuses rules that name a notifier that there is not")
    func channels() throws {
      let program = try RunningProgram()
      try program.write(
        RunningProgram.rules.replacing("to: boss", with: "to: boss, via: [oud]"), to: "rules/rules.yaml")
      try program.start()
      #expect(program.end(by: nil) == 2)
      #expect(
        program.text("log") == "error: rules.yaml:14: there is no notifier 'oud'\n  = did you mean 'out'?\n")
    }
  }
#endif
