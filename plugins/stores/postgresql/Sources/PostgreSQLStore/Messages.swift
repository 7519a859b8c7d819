#if PostgreSQL
  /// Every sentence that this plugin says.
  enum Messages {
    // Settings.
    static let noDatabaseName = "is missing: it names the database on the server"
    static let noDatabaseNameHint = "write its name, such as tickets"
    static let empty = "is empty"
    static let zeroByte = "holds a zero character"
    static let createsExisting = "is for Docket's own tables, and 'table' names one that is there"
    static let columnWithoutTable = "says which column of 'table' to read, and 'table' is missing"
    static let notOpen = "the store was used before it was opened"

    // The connection.
    static let noMemory = "no memory is left for a connection"
    static func silent(_ place: String, _ seconds: Int) -> String {
      "the database \(place) does not answer within \(seconds) s"
    }
    static func noConnection(_ place: String, _ reason: String) -> String {
      "the database \(place) cannot be reached: \(reason)"
    }
    static let noConnectionHint = "check 'host' and 'port', and that the server runs"
    static func lost(_ place: String) -> String { "the connection to the database \(place) was lost" }
    static let lostHint = "the server was stopped, or the network failed; see the server's log"
    static func oldServer(_ version: Int32) -> String {
      "the server is PostgreSQL \(version), which is too old"
    }
    static let oldServerHint = "use PostgreSQL 13 or newer"
    static let certificateHostHint =
      "write the name in 'host' that the server's certificate has, or get the server another one"
    static let noEncryptionHint =
      "turn TLS on in the server (ssl = on), or write sslmode: disable where nobody can listen on the way"
    static let rootCertificateHint =
      "name the file with the authority's certificate in 'sslrootcert', or get the server one that this machine trusts"
    static let clientCertificateHint = "name files in 'sslcert' and 'sslkey' that belong together"

    // Rights.
    static let passwordNeeded = "the server asks for a password"
    static let passwordNeededHint = "set password: {env: NAME} or password: {file: PATH}"
    static func refusedLogin(_ place: String) -> String { "the database \(place) refuses the login" }
    static let refusedLoginHint = "check 'user' and 'password', and the server's pg_hba.conf"
    static func noDatabase(_ place: String) -> String { "there is no database \(place)" }
    static func notAllowed(_ message: String) -> String { "the server refuses: \(message)" }
    static let notAllowedHint = "grant the rights that README.md lists, or set another 'user'"
    static let notWritable = "decisions cannot be written to these tables"
    static let notWritableHint =
      "grant INSERT and UPDATE on the table 'decisions'; tables that were there are only read"
    static let notEncrypted = "the connection is not encrypted"
    static let notEncryptedHint = "leave 'sslmode' out, or write sslmode: verify-full"

    // Tables.
    static func notOurs(_ schema: String) -> String { "the schema '\(schema)' has no tables of Docket" }
    static let notOursHint = "set create: true to have them made, or name a table that is there with 'table'"
    static func foreignTickets(_ schema: String) -> String {
      "the schema '\(schema)' has a table 'tickets' that is not Docket's"
    }
    static let foreignTicketsHint = "read it with table: tickets, or take another schema"
    static func newerSchema(_ schema: String) -> String {
      "the tables in schema '\(schema)' were made by a newer version of Docket"
    }
    static let newerSchemaHint = "use that version, or another schema"
    static func olderSchema(_ schema: String) -> String {
      "the tables in schema '\(schema)' were made by an older version of Docket"
    }
    static let olderSchemaHint = "set create: true once to have them brought up to date"
    static func noSchema(_ name: String) -> String { "the database has no schema '\(name)'" }
    static func noTable(_ name: String, in schema: String) -> String {
      "the schema '\(schema)' has no table or view '\(name)'"
    }
    static func noColumn(_ name: String, of table: String) -> String { "'\(table)' has no column '\(name)'" }
    static func refused(_ message: String) -> String { "the server refuses a request: \(message)" }
    static let noChanges = "changes of a table that was there before are not told"

    // Readings.
    static let noSnapshot = "the server's snapshot cannot be read"
    static let malformedCopy = "the server's COPY data cannot be read"
    static let standstill = "the reading stood still for too long and was given up"
    static let noJSON = "a row has no JSON: the column is NULL"
    static func tooLong(_ size: Int) -> String {
      "a ticket is \(size) bytes long, more than the limit of \(TicketTable.recordLimit)"
    }

    // Decisions.
    static let noVersion = "the decision does not say which version of the ticket it is about"
    static let noDecision = "the decision is not JSON that PostgreSQL can keep"
  }
#endif
