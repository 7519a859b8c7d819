/// A certificate for 127.0.0.1 that nobody signed but itself.
public struct Certificate: Sendable {
  public let certificate: String
  public let key: String

  public init(in folder: TestFolder) throws {
    certificate = folder.path + "/certificate.pem"
    key = folder.path + "/key.pem"
    guard let openssl = Programs.openssl else { throw ServerProblem(message: "openssl is not here") }
    let status = try Programs.run([
      openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
      "2",
      "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate,
    ])
    if status != 0 { throw ServerProblem(message: "openssl makes no certificate") }
  }
}
