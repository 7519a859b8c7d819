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

    @Test("says on its pages that rules were refused, until good ones are there")
    func refusedRules() async throws {
      let program = try RunningProgram()
      try program.start(["--listen", "127.0.0.1:0"])
      let address = "http://127.0.0.1:\(try await program.port())"
      try program.write(RunningProgram.rules.replacing("2 seconds", with: "2 secs"), to: "rules/rules.yaml")
      let problem =
        #"[{"source":"rules","message":"the rules have errors, the first in rules.yaml:12; those in force go on"}]"#
      let sick = try await program.page("\(address)/health", with: problem)
      #expect(sick.status == 503)
      #expect(sick.text.hasPrefix(#"{"status":"degraded","rulebook":"try@"#) && sick.text.contains(problem))
      let metrics = try await program.page("\(address)/metrics", with: "docket_problems 1\n")
      #expect(metrics.text.contains("docket_problems 1\n"))
      try program.write(RunningProgram.rules, to: "rules/rules.yaml")
      let well = try await program.page("\(address)/health", with: #""problems":[]"#)
      #expect(well.status == 200 && well.text.contains(#""problems":[]"#))
      #expect(program.end() == 0)
      #expect(program.text("log").hasSuffix("ended; what was under way has been recorded\n"))
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
      let port = try await program.port()
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

    @Test("does nothing where its pages have no place, and says how to find one")
    func occupied() async throws {
      let program = try RunningProgram()
      try program.start(["--listen", "127.0.0.1:0"])
      let port = try await program.port()
      let second = try RunningProgram()
      try second.open("T-1", secondsAgo: 600)
      try second.start(["--listen", "127.0.0.1:\(port)", "--since", "2026-01-01T00:00"])
      #expect(second.end(by: nil) == 2)
      let message = """
        error: 127.0.0.1:\(port) is in use by another program
          = stop it, or give another address with --listen

        """
      #expect(second.text("log").hasSuffix(message))
      #expect(second.text("notices.ndjson").isEmpty)
      #expect(!FileManager.default.fileExists(atPath: "\(second.folder)/state.sqlite"))
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
        (
          // No name to ask anybody for: one of its parts is empty.
          ["--listen", "no..host:9464"],
          """
          error: the host of no..host:9464 is not known
            = see whether it is spelled right, or give another address with --listen, such as 127.0.0.1:9464

          """
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
