#if PostgreSQL
  import Glibc
  import PluginAPI

  /// How the server is reached, by the names that libpq has for it
  /// (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS).
  struct ConnectionParameters: Sendable {
    private static let encryptionModes = ["disable", "prefer", "require", "verify-ca", "verify-full"]
    /// Where systems keep the certificates that they trust.
    private static let systemCertificates = [
      "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem",
    ]

    let host: String?
    let port: Int
    let database: String
    let keywords: [(key: String, value: String)]

    init(_ configuration: PluginConfiguration) throws(PluginError) {
      host = try configuration.name("host")
      port = try configuration.integer("port", in: 1...65535) ?? 5432
      guard let name = try configuration.name("database") else {
        throw configuration.wrong("database", Messages.noDatabaseName, hint: Messages.noDatabaseNameHint)
      }
      database = name
      let mode =
        try configuration.choice("sslmode", of: Self.encryptionModes)
        ?? (Self.isLocal(host) ? "prefer" : "verify-full")
      var keywords = [
        ("port", String(port)), ("dbname", name), ("sslmode", mode), ("application_name", "docket"),
        ("client_encoding", "UTF8"), ("gssencmode", "disable"),
        // A peer that is gone without a word is noticed after about a minute.
        ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
      ]
      for key in ["host", "user", "password", "sslrootcert", "sslcert", "sslkey"] {
        if let value = try configuration.name(key) { keywords.append((key, value)) }
      }
      if mode.hasPrefix("verify"), !keywords.contains(where: { $0.0 == "sslrootcert" }),
        let file = Self.systemCertificates.first(where: { access($0, R_OK) == 0 })
      {
        keywords.append(("sslrootcert", file))
      }
      self.keywords = keywords.map { (key: $0.0, value: $0.1) }
    }

    /// Whether the server is on this machine: then nobody listens on the way.
    static func isLocal(_ host: String?) -> Bool {
      guard let host else { return true }
      return host.hasPrefix("/") || host.hasPrefix("@") || host == "localhost" || host == "::1"
        || host.hasPrefix("127.")
    }

    /// For messages.
    var place: String { "'\(database)' on \(host ?? "this machine")" }
  }
#endif
