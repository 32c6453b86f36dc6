import Suites

/// Names what an attempt saw of each behavior, so that it is recognised and cannot be guessed.
///
/// It stands in the committed `hone.lock`, so it must not tell which examples failed. A hash of
/// grades alone would: few fail, and all ways in which few fail can be tried. The margins of the
/// replies go in with them, to the last bit, which nobody knows without asking the model; and who
/// asks the model about sealed examples has their grades anyway.
enum EvidenceFingerprint {
  /// Different margins without which nothing is named: a model that is as sure of everything could
  /// be guessed.
  static let fewestMargins = 8

  /// 32 hexadecimal digits by behavior, for those with enough margins.
  ///
  /// - Parameter attempt: The attempt's key in the ledger.
  static func all(of grades: [SealedGrade], attempt: String) -> [String: String] {
    Dictionary(grouping: grades, by: \.behavior).compactMapValues { own in
      guard Set(own.compactMap(\.margin)).count >= fewestMargins else { return nil }
      var hash = Fingerprint("hone-evidence-1")
      hash.add(attempt)
      for grade in own.sorted(by: { $0.example < $1.example }) {
        hash.add(
          grade.behavior, grade.example, grade.passed ? "pass" : "fail",
          grade.margin.map { String($0.bitPattern, radix: 16) } ?? "")
      }
      return String(hash.hex.prefix(32))
    }
  }
}
