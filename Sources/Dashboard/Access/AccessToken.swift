import Crypto
import Foundation

/// The secret that opens a dashboard from other machines, and the session that it is exchanged for.
///
/// Kept as a hash: nothing prints it. Comparisons take the same time wherever two values differ.
public struct AccessToken: Sendable {
  /// Characters that a token has at least.
  public static let leastLength = 16

  private let digest: SHA256Digest
  /// What the session's cookie holds: of no use for another start of the server.
  let session: String
  private let sessionDigest: SHA256Digest

  /// - Throws: `DashboardError.weakToken`.
  public init(_ text: String, from variable: String) throws {
    guard text.count >= Self.leastLength else {
      throw DashboardError.weakToken(variable: variable, isSet: !text.isEmpty)
    }
    digest = SHA256.hash(data: Data(text.utf8))
    let code = HMAC<SHA256>.authenticationCode(
      for: Data(text.utf8), using: SymmetricKey(size: .bits256))
    session = code.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
    sessionDigest = SHA256.hash(data: Data(session.utf8))
  }

  func opens(_ text: String) -> Bool {
    SHA256.hash(data: Data(text.utf8)) == digest
  }

  func isSession(_ text: String) -> Bool {
    SHA256.hash(data: Data(text.utf8)) == sessionDigest
  }
}
