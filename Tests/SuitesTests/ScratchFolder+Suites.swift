import Foundation
import Suites
import TestSupport

extension ScratchFolder {
  convenience init(_ files: [String: String]) throws { try self.init(files: files) }

  /// The errors that reading gives, a line each; empty where it reads.
  func errors() -> String {
    do {
      _ = try Suite.read(folder: url)
      return ""
    } catch {
      return error.lines.joined(separator: "\n").replacing(url.path, with: "FOLDER")
    }
  }

  func suite() throws -> Suite { try Suite.read(folder: url) }
}

/// A text that resembles no other.
func word(_ number: Int) -> String {
  var generator = SeededGenerator(UInt64(number))
  return String(generator.next(), radix: 36)
}

/// A generator that gives the same numbers everywhere (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
