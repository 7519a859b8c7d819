#if PostgreSQL
  import Foundation
  import PluginAPI
  import Testing

  @testable import PostgreSQLStore

  @Suite("The postgresql store's connection", .needsServer)
  struct ConnectionTests {
    let schema: TemporarySchema

    init() async throws {
      schema = try TemporarySchema()
      await (try await schema.store()).close()
    }

    /// A role that logs in over TCP, with a password.
    private func role(_ rights: String...) throws -> [String: PluginConfiguration.Value] {
      try schema.execute("CREATE ROLE $s_role LOGIN PASSWORD 's3cret-\(schema.name)'")
      for right in rights { try schema.execute(right) }
      return [
        "host": .text("127.0.0.1"), "user": .text("\(schema.name)_role"),
        "password": .text("s3cret-\(schema.name)"),
      ]
    }

    private func removeRole() throws {
      try schema.execute("DROP OWNED BY $s_role; DROP ROLE $s_role")
    }

    @Test("needs no more rights than to read tickets and to write decisions")
    func rights() async throws {
      let values = try role(
        "GRANT USAGE ON SCHEMA $s TO $s_role", "GRANT SELECT ON $s.tickets, $s.migrations TO $s_role",
        "GRANT SELECT, INSERT, UPDATE ON $s.decisions TO $s_role")
      defer { try? removeRole() }
      try schema.put(("1", "{}"))
      let store = try await schema.open(values)
      #expect(store.capabilities == [.write, .changes, .incremental])
      #expect(try await store.check() == [])
      let reading = try await Reading(store)
      #expect(reading.tickets == ["{}"])
      #expect(try await store.write([DecisionRecord("1", reading.versions[0])]).map(\.status) == [.written])
      await store.close()
    }

    @Test("that may read only says so, and reads")
    func readOnly() async throws {
      let values = try role(
        "GRANT USAGE ON SCHEMA $s TO $s_role", "GRANT SELECT ON ALL TABLES IN SCHEMA $s TO $s_role")
      defer { try? removeRole() }
      let store = try await schema.open(values)
      #expect(store.capabilities == [.changes, .incremental])
      #expect(
        try await store.check() == [
          PluginProblem(
            "decisions cannot be written to these tables", pointer: "/user",
            hint: "grant INSERT and UPDATE on the table 'decisions'; tables that were there are only read")
        ])
      #expect(try await Reading(store).tickets == [])
      await store.close()
    }

    @Test("without rights is a matter of authorization")
    func noRights() async throws {
      let values = try role()
      defer { try? removeRole() }
      await #expect(
        throws: PluginError(
          .authorization, "the server refuses: permission denied for schema \(schema.name)", pointer: "/user",
          hint: "grant the rights that README.md lists, or set another 'user'")
      ) { try await schema.open(values) }
    }

    @Test("with a wrong password is refused, and the password is not told")
    func wrongPassword() async throws {
      let values = try role()
      defer { try? removeRole() }
      let refused = PluginError(
        .authorization, "the database 'postgres' on 127.0.0.1 refuses the login", pointer: "/password",
        hint: "check 'user' and 'password', and the server's pg_hba.conf")
      await #expect(throws: refused) {
        try await schema.open(values.merging(["password": .text("wr0ng")]) { $1 })
      }
      await #expect(throws: refused) {
        try await schema.open(values.merging(["user": .text("nobody-here")]) { $1 })
      }
      await #expect(
        throws: PluginError(
          .authorization, "the server asks for a password", pointer: "/password",
          hint: "set password: {env: NAME} or password: {file: PATH}")
      ) { try await schema.open(values.filter { $0.key != "password" }) }
    }

    @Test("to a database that does not exist is a matter of the settings")
    func noDatabase() async throws {
      await #expect(
        throws: PluginError(
          .configuration, "there is no database 'nowhere' on \(schema.server.host)", pointer: "/database")
      ) { try await schema.open(["database": .text("nowhere")]) }
    }

    @Test("that nobody takes may be taken later")
    func refused() async throws {
      await #expect(
        throws: PluginError(
          .transient, "the database 'postgres' on 127.0.0.1 cannot be reached: Connection refused",
          hint: "check 'host' and 'port', and that the server runs")
      ) { try await schema.open(["host": .text("127.0.0.1"), "port": .number(1)]) }
    }

    @Test("that is lost within a reading ends the reading, which may be begun anew")
    func lost() async throws {
      let store = try await schema.open()
      try schema.execute(
        "INSERT INTO $s.tickets (id, json) SELECT i, to_json(repeat('x', 1000)) FROM generate_series(1, 20000) AS i"
      )
      var count = 0
      await #expect(
        throws: PluginError(
          .transient, "the connection to the database 'postgres' on \(schema.server.host) was lost",
          hint: "the server was stopped, or the network failed; see the server's log")
      ) {
        for try await page in store.pages(since: nil, limit: 10) {
          if count == 0 { try schema.endConnections(where: "query LIKE 'COPY%$s%'") }
          count += page.records.count
        }
      }
      #expect(count > 0 && count < 20000)
      #expect(try await Reading(store).tickets.count == 20000)
      await store.close()
    }

    @Test("that is lost between requests is made anew")
    func remade() async throws {
      let values = try role(
        "GRANT USAGE ON SCHEMA $s TO $s_role", "GRANT SELECT ON ALL TABLES IN SCHEMA $s TO $s_role")
      defer { try? removeRole() }
      let store = try await schema.open(values)
      #expect(try await store.get(["1"]).missing == ["1"])
      try schema.endConnections(where: "usename = '$s_role'")
      await #expect(throws: PluginError.self) { try await store.get(["1"]) }
      #expect(try await store.get(["1"]).missing == ["1"])
      await store.close()
    }

    @Test("is closed with a reading that is given up, and with one that stands still")
    func abandoned() async throws {
      try schema.execute(
        "INSERT INTO $s.tickets (id, json) SELECT i, to_json(repeat('x', 1000)) FROM generate_series(1, 20000) AS i"
      )
      let copies = "SELECT pid::text FROM pg_stat_activity WHERE query LIKE 'COPY%$s%'"
      do {
        let store = try await schema.open()
        var pages = store.pages(since: nil, limit: 1).makeAsyncIterator()
        #expect(try await pages.next() != nil)
        #expect(try schema.texts(copies).count == 1)
        await store.close()
        withExtendedLifetime(pages) {}
      }
      try await waitUntil { try schema.texts(copies).isEmpty }
      let store = try await schema.open(limits: Limits(standstill: .milliseconds(10)))
      var pages = store.pages(since: nil, limit: 1).makeAsyncIterator()
      #expect(try await pages.next() != nil)
      try await waitUntil { try schema.texts(copies).isEmpty }
      await #expect(
        throws: PluginError(.transient, "the reading stood still for too long and was given up")
      ) { try await pages.next() }
      #expect(try await pages.next() == nil)
      await store.close()
    }

    @Test("that waits for a lock for too long gives up, which may pass")
    func locked() async throws {
      let store = try await schema.open(limits: Limits(lock: .milliseconds(50)))
      let other = try schema.server.connect()
      try other.execute("BEGIN; LOCK TABLE \(schema.name).tickets")
      await #expect(
        throws: PluginError(
          .transient, "the server refuses a request: canceling statement due to lock timeout")
      ) { try await store.get(["1"]) }
      await #expect(throws: PluginError.self) { try await Reading(store) }
      try other.execute("ROLLBACK")
      #expect(try await store.get(["1"]).missing == ["1"])
      await store.close()
    }
  }

  extension TemporarySchema {
    fileprivate func endConnections(where condition: String) throws {
      let ended = try texts(
        "SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND \(condition)"
      )
      #expect(ended == ["true"])
    }
  }

  @Suite("The postgresql store over TLS", .needsServer)
  struct EncryptionTests {
    let schema: TemporarySchema

    init() async throws {
      schema = try TemporarySchema()
      await (try await schema.store()).close()
    }

    private func configuration(_ values: [String: String]) -> PluginConfiguration {
      let texts = values.mapValues {
        PluginConfiguration.Value.text($0.replacing("$", with: schema.server.host))
      }
      return schema.configuration(
        ["host": .text("localhost"), "password": .text("docket")].merging(texts) { $1 })
    }

    private func open(_ values: [String: String]) async throws {
      let store = PostgreSQLStore()
      try await store.open(configuration(values))
      #expect(try await Reading(store).tickets == [])
      await store.close()
    }

    private func isEncrypted(_ values: [String: String]) throws -> Bool {
      let connection = try Connection(ConnectionParameters(configuration(values)))
      let answer = try connection.query("SELECT ssl::text FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        .texts
      #expect(answer == ["\(connection.isEncrypted)"])
      return connection.isEncrypted
    }

    @Test(
      "trusts a server whose certificate has its name and comes from the authority",
      arguments: ["verify-full", "verify-ca", "require", "prefer"])
    func trusted(mode: String) async throws {
      let values = ["sslmode": mode, "sslrootcert": "$/authority.crt"]
      try await open(values)
      #expect(try isEncrypted(values))
    }

    @Test("does without it where that is asked for")
    func disabled() async throws {
      try await open(["sslmode": "disable"])
      #expect(try !isEncrypted(["sslmode": "disable"]))
    }

    @Test("trusts nobody whose certificate comes from another authority")
    func stranger() async throws {
      for root in ["$/stranger.crt", "/etc/ssl/certs/ca-certificates.crt"] {
        await #expect(
          throws: PluginError(
            .configuration,
            "the database 'postgres' on localhost cannot be reached: SSL error: certificate verify failed",
            pointer: "/sslrootcert",
            hint:
              "name the file with the authority's certificate in 'sslrootcert', or get the server one that this machine trusts"
          )
        ) { try await open(["sslmode": "verify-full", "sslrootcert": root]) }
      }
    }

    @Test("trusts nobody whose certificate has another name")
    func otherName() async throws {
      let error = await #expect(throws: PluginError.self) {
        try await open(["host": "127.0.0.1", "sslmode": "verify-full", "sslrootcert": "$/authority.crt"])
      }
      #expect(error?.kind == .configuration && error?.pointer == "/host")
      #expect(error?.message.hasSuffix("does not match host name \"127.0.0.1\"") == true)
      #expect(
        error?.hint
          == "write the name in 'host' that the server's certificate has, or get the server another one")
    }

    @Test("says which file is missing")
    func noFile() async throws {
      let error = await #expect(throws: PluginError.self) {
        try await open(["sslmode": "verify-full", "sslrootcert": "/no/where.crt"])
      }
      #expect(error?.kind == .configuration && error?.pointer == "/sslrootcert")
      #expect(error?.message.contains("root certificate file \"/no/where.crt\" does not exist") == true)
    }

    @Test("does not go on without it where it must be")
    func noEncryption() async throws {
      let server = try PostgreSQLServer.plain.get()
      let values = server.values(["host": .text("127.0.0.1"), "sslmode": .text("require")])
      await #expect(
        throws: PluginError(
          .configuration,
          "the database 'postgres' on 127.0.0.1 cannot be reached: server does not support SSL, but SSL was required",
          pointer: "/sslmode",
          hint:
            "turn TLS on in the server (ssl = on), or write sslmode: disable where nobody can listen on the way"
        )
      ) { try await PostgreSQLStore().open(PluginConfiguration(instance: "p", values: values)) }
    }
  }

  @Suite("The postgresql store tells of changes", .needsServer, .serialized)
  struct ChangeTests {
    let schema: TemporarySchema

    init() throws { schema = try TemporarySchema() }

    @Test("when they are committed, and ends the stream when it is closed")
    func changes() async throws {
      let store = try await schema.store()
      var hints = try await store.changes().makeAsyncIterator()
      for sql in [
        "INSERT INTO $s.tickets (id, json) VALUES ('1', '{}')", "UPDATE $s.tickets SET json = '[]'",
        "DELETE FROM $s.tickets",
      ] {
        try schema.execute(sql)
        #expect(await hints.next() != nil)
      }
      await store.close()
      while await hints.next() != nil {}
    }

    @Test("but not of decisions, nor of other tables")
    func others() async throws {
      let other = try TemporarySchema()
      await (try await other.store()).close()
      let store = try await schema.store()
      try schema.put(("1", "{}"))
      let hints = try await store.changes()
      _ = try await store.write([DecisionRecord("1", try schema.version("1"))])
      try other.put(("1", "{}"))
      try await Task.sleep(for: .milliseconds(100))
      await store.close()
      var count = 0
      for await _ in hints { count += 1 }
      #expect(count == 0)
    }

    @Test("again after the server was stopped for a while, of which it tells as a change")
    func restarted() async throws {
      // A server of its own: others are used by other tests at the same time.
      let server = try PostgreSQLServer("--no-tls")
      let store = PostgreSQLStore(limits: Limits(pause: .milliseconds(5), longestPause: .milliseconds(20)))
      try await store.open(
        PluginConfiguration(instance: "p", values: server.values(["create": .boolean(true)])))
      var hints = try await store.changes().makeAsyncIterator()
      try server.command("stop")
      await #expect(throws: PluginError.self) { try await store.get(["1"]) }
      try server.command("start")
      #expect(await hints.next() != nil)
      try server.execute("INSERT INTO docket.tickets VALUES ('1', '{}')")
      #expect(await hints.next() != nil)
      #expect(try await store.get(["1"]).missing == [])
      await store.close()
    }
  }
#endif
