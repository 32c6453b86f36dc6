import Crypto
import Foundation

/// A SHA-256 over fields that cannot run into one another.
///
/// Each field goes in as its length in bytes (8 bytes, little-endian) and its UTF-8; the first
/// field names the purpose and its version, so hashes made for different ends never meet.
package struct Fingerprint {
  private var digest = SHA256()

  package init(_ purpose: String) {
    add(purpose)
  }

  package mutating func add(_ fields: String...) {
    add(all: fields)
  }

  /// Adds the number of fields, then the fields.
  mutating func add(list: [String]) {
    add(String(list.count))
    add(all: list)
  }

  private mutating func add(all fields: [String]) {
    for var field in fields {
      withUnsafeBytes(of: UInt64(field.utf8.count).littleEndian) {
        digest.update(bufferPointer: $0)
      }
      field.withUTF8 { digest.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    }
  }

  /// All 64 hexadecimal digits.
  package var hex: String { Self.hex(digest.finalize()) }

  /// The first 16 hexadecimal digits.
  var short: String { Self.hex(digest.finalize().prefix(8)) }

  static func hex(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension Fingerprint {
  /// The key of an input, whatever is expected of it.
  static func input(_ text: NormalizedText) -> String {
    var hash = Fingerprint("hone-input-1")
    hash.add(text.text)
    return hash.short
  }

  /// The id of an example. A label that is ruled out has a purpose of its own: no label that
  /// is expected, whatever its name, gives the same.
  static func example(_ text: NormalizedText, expected: Expectation) -> String {
    var hash = Fingerprint(
      expected.label == nil ? "hone-example-not-1" : "hone-example-1")
    hash.add(text.text, expected.named)
    return hash.short
  }

  /// The key of a cluster that the suite names.
  static func cluster(named name: String) -> String {
    var hash = Fingerprint("hone-cluster-1")
    hash.add(name)
    return hash.short
  }

  /// A number in [0, 1) that a fixed purpose draws from a key: the first 8 bytes of SHA-256 of
  /// `purpose`, a zero byte and `key`, big-endian, over 2^64.
  static func fraction(_ purpose: String, of key: String) -> Double {
    let digest = SHA256.hash(data: Data((purpose + "\0" + key).utf8))
    let bits = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    // 53 bits, so that the quotient is exact and below 1.
    return Double(bits >> 11) / 9_007_199_254_740_992
  }

  /// The role that a new cluster is dealt.
  static func role(of cluster: ClusterID, shares: RoleShares) -> Role {
    shares.role(at: fraction("hone-roles-1", of: cluster.hex))
  }

  /// The order in which examples of a cluster stand for it: the first does.
  static func representativeOrder(of id: String) -> String {
    order("hone-representative-1", of: id)
  }

  /// The order in which a fixed purpose takes keys: the SHA-256 of both, in hexadecimal.
  package static func order(_ purpose: String, of key: String) -> String {
    var hash = Fingerprint(purpose)
    hash.add(key)
    return hash.hex
  }
}
