import Suites

/// The sealed examples of one behavior as an attempt sees them.
struct SealedSet: Sendable {
  var behavior: String
  var target: Double
  /// Ids of all sealed examples of the behavior.
  var present: Set<String>
  /// One example per sealed cluster, chosen by keyed hash before any grade.
  var representatives: [Example]

  init(of behavior: Behavior, in suite: DealtSuite) {
    self.behavior = behavior.name
    target = behavior.target
    present = Set(suite.examples(of: behavior, in: .sealed).map(\.id))
    representatives = suite.representatives(of: behavior, in: .sealed)
  }
}
