import Statistics

/// What no candidate may break, each with what it is held against besides the champion: the last
/// certified checkpoint, else the first checkpoint of the run at which it held. Comparing round by
/// round alone would miss a slow drift.
struct HeldGuards: Sendable {
  /// By behavior.
  private var references: [String: Reference] = [:]

  private struct Reference {
    var name: Decision.Reference
    var failed: Set<String>
    /// Units that passed; nil takes all that did not fail.
    var passed: Set<String>?
  }

  /// Notes where a guard holds; only the first counts.
  mutating func note(_ measured: BehaviorMeasurement) {
    guard references[measured.behavior] == nil else { return }
    references[measured.behavior] = Reference(name: .firstHeld, failed: measured.failed)
  }

  /// Notes what the certified checkpoint did, which counts more than where this run first held it.
  mutating func note(_ certified: CertifiedGrades.Behavior) {
    references[certified.behavior] = Reference(
      name: .lastCertified, failed: Set(certified.failed), passed: Set(certified.passed))
  }

  /// The guard that regressed most clearly at the decision level over all guards (Holm), if any, and
  /// the units that it lost.
  func worstRegression(
    of challenger: Measurement, against champion: Measurement, among behaviors: [LoopBehavior]
  ) -> (reason: Decision.Reason, broken: [String])? {
    var comparisons: [(behavior: String, against: Decision.Reference, lost: [String], p: Double)] =
      []
    for behavior in behaviors {
      guard let reference = references[behavior.name],
        let now = challenger[behavior: behavior.name]
      else { continue }
      let before = champion[behavior: behavior.name].map {
        Reference(name: .champion, failed: $0.failed)
      }
      for old in [before, reference].compactMap({ $0 }) {
        let lost = now.failed.subtracting(old.failed).filter { old.passed?.contains($0) ?? true }
        let gained = old.failed.subtracting(now.failed)
        let p = McNemar.exactOneSided(gains: lost.count, losses: gained.count)
        comparisons.append((behavior.name, old.name, lost.sorted(), p))
      }
    }
    let adjusted = holm(comparisons.map(\.p))
    guard let worst = adjusted.indices.min(by: { adjusted[$0] < adjusted[$1] }),
      adjusted[worst] <= LoopSettings.decisionLevel
    else { return nil }
    let (behavior, against, lost, _) = comparisons[worst]
    return (
      .guardRegressed(behavior: behavior, adjustedP: adjusted[worst], against: against), lost
    )
  }
}
