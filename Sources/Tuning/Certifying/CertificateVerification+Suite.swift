import Suites

extension CertificateVerification {
  /// Places that are named for one behavior.
  private static let namedPlaces = 3

  /// Names what makes a suite another than the one that was certified.
  ///
  /// - Parameter recorded: `hone.lock` as it stands on disk, without what is new in the suite.
  mutating func verify(
    _ facts: Certificate.SuiteFacts, of suite: Suite, recorded: SuiteLock,
    claims: [Certificate.Claim]
  ) {
    guard facts.contentHash != suite.contentHash else {
      return add(.suite, holds: true, "requires what it required (\(facts.contentHash.prefix(16)))")
    }
    add(
      .suite, holds: false,
      "\(facts.contentHash.prefix(16)) was certified, and it is \(suite.contentHash.prefix(16)) now. "
        + "`hone train` certifies it as it is")
    let before = findings.count
    let now = Dictionary(uniqueKeysWithValues: suite.behaviors.map { ($0.name, $0) })
    for claim in claims {
      guard let behavior = now[claim.behavior] else {
        add(.suite, holds: false, "`\(claim.behavior)` is gone")
        continue
      }
      if behavior.target != claim.target {
        add(
          .suite, holds: false,
          "`\(claim.behavior)`: \(claim.target) was shown, \(behavior.target) is the target")
      }
      if behavior.requires != claim.requires {
        add(.suite, holds: false, "`\(claim.behavior)` requires something else")
      }
      verifyExamples(of: behavior, recorded)
    }
    for added in Set(now.keys).subtracting(claims.map(\.behavior)).sorted() {
      add(.suite, holds: false, "`\(added)` is new")
    }
    if findings.count == before {
      add(
        .suite, holds: false,
        "no example is new or gone: a setting differs, or a wording that counts as the same")
    }
  }

  /// Names the examples of a behavior that `hone.lock` does not know, or knows with another label.
  private mutating func verifyExamples(of behavior: Behavior, _ recorded: SuiteLock) {
    let graded = recorded.baseline?.behaviors.first { $0.name == behavior.name }?.examples ?? []
    let exposed = recorded.ledger.pools.filter { $0.name == behavior.name }.flatMap(\.exposed)
    let known = Set(graded.map(\.id) + exposed.map(\.id))
    let inputs = Set(graded.map(\.input) + exposed.map(\.input))
    let changed = behavior.examples.filter { example in
      recorded.roles[example.inputKey] == nil
        || inputs.contains(example.inputKey) && !known.contains(example.id)
    }
    if !changed.isEmpty {
      let places = changed.compactMap(\.locations.first).sorted()
      let named = places.prefix(Self.namedPlaces).map(\.description)
      let more = changed.count - named.count
      add(
        .suite, holds: false,
        "`\(behavior.name)`: new or changed: " + named.joined(separator: ", ")
          + (more > 0 ? "\(named.isEmpty ? "" : " and ")\(more) more" : ""))
    }
    let gone = known.subtracting(behavior.examples.map(\.id)).count
    if gone > 0 {
      add(
        .suite, holds: false,
        "`\(behavior.name)`: \(gone) \(gone == 1 ? "example that was" : "examples that were") graded "
          + "\(gone == 1 ? "is" : "are") gone or changed")
    }
  }
}
