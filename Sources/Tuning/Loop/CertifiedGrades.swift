public import Suites

/// What a certified checkpoint did on `dev`, as the baseline in `hone.lock` tells it: there is no need
/// to have the checkpoint for it.
public struct CertifiedGrades: Sendable, Hashable, Codable {
  public var checkpoint: String
  /// In order of name: those that it was certified for.
  public var behaviors: [Behavior]

  public struct Behavior: Sendable, Hashable, Codable {
    public var behavior: String
    /// Ids of units, in order. Others were not graded, and take no part in a comparison.
    public var passed: [String]
    public var failed: [String]

    public init(behavior: String, passed: [String], failed: [String]) {
      self.behavior = behavior
      self.passed = passed.sorted()
      self.failed = failed.sorted()
    }
  }

  public init(checkpoint: String, behaviors: [Behavior]) {
    self.checkpoint = checkpoint
    self.behaviors = behaviors.sorted { $0.behavior < $1.behavior }
  }

  public subscript(behavior name: String) -> Behavior? {
    behaviors.first { $0.behavior == name }
  }

  /// Of the baseline, if that is of the checkpoint certified last and a run starts elsewhere.
  ///
  /// - Parameters:
  ///   - start: Where the run starts: what was certified there is measured anyway.
  ///   - run: Its key. What it certified itself when it ran before is nothing to hold it against: it
  ///     takes the same way again.
  init?(
    in baseline: Baseline, ledger: Ledger, on suite: DealtSuite, start: Checkpoint, run: String
  ) {
    let checkpoint = baseline.model.checkpoint
    guard checkpoint != start.id,
      let attempt = ledger.attempts.last(where: { $0.outcome == .passed }),
      attempt.checkpoint == checkpoint, attempt.run != run
    else { return nil }
    let behaviors = suite.suite.behaviors.compactMap { behavior -> Behavior? in
      guard let known = baseline[behavior: behavior.name], known.sealed != nil else { return nil }
      let units = Set(suite.representatives(of: behavior, in: .dev).map(\.id))
      let graded = known.examples.filter { units.contains($0.id) }
      return Behavior(
        behavior: behavior.name, passed: graded.filter(\.passed).map(\.id),
        failed: graded.filter { !$0.passed }.map(\.id))
    }
    guard !behaviors.isEmpty else { return nil }
    self.init(checkpoint: checkpoint, behaviors: behaviors)
  }
}
