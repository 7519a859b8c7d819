import Testing

@testable import RuleCompiler

@Suite("SHA-256")
struct SHA256Tests {
  @Test(
    "gives the digests of FIPS 180-4's examples, however the bytes are cut",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        String(repeating: "a", count: 1000),
        "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"
      ),
    ])
  func examples(message: String, digest: String) {
    for piece in [1, 7, 64, 65, 2000] {
      var hash = SHA256()
      var rest = Array(message.utf8)[...]
      while !rest.isEmpty {
        hash.update(rest.prefix(piece))
        rest = rest.dropFirst(piece)
      }
      #expect(hash.finalize().hexadecimal == digest)
    }
  }
}
