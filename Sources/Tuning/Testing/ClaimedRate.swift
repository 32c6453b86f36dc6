public import Suites

/// The pass rate that is claimed of one behavior, and by what.
public struct ClaimedRate: Sendable, Hashable, Codable {
  public var behavior: String
  /// A fraction in (0, 1).
  public var target: Double
  public var source: Source

  /// What claims it, from the strongest.
  public enum Source: String, Sendable, Hashable, Codable, CaseIterable {
    /// Shown on sealed examples, of this very checkpoint.
    case certificate
    /// Required when the baseline was recorded, of this very checkpoint.
    case baseline
    /// Required by the suite; nothing claims it of this checkpoint.
    case suite
  }

  /// What is claimed of a checkpoint for each behavior of a suite, in its order.
  public static func all(
    of model: TestedModel, in suite: Suite, certificate: Certificate?, baseline: Baseline?
  ) -> [ClaimedRate] {
    let isCertified =
      certificate?.model.checkpoint == model.checkpoint
      && certificate?.model.base.hash == model.base
    let shown = (isCertified ? certificate?.behaviors ?? [] : []).filter {
      $0.target > 0 && $0.target < 1
    }
    let recorded = baseline.flatMap {
      $0.model.checkpoint == model.checkpoint && $0.model.base == model.base ? $0 : nil
    }
    return suite.behaviors.map { behavior in
      if let claim = shown.first(where: { $0.behavior == behavior.name }) {
        return ClaimedRate(
          behavior: behavior.name, target: claim.target, source: .certificate)
      }
      if let old = recorded?[behavior: behavior.name] {
        return ClaimedRate(behavior: behavior.name, target: old.target, source: .baseline)
      }
      return ClaimedRate(behavior: behavior.name, target: behavior.target, source: .suite)
    }
  }

  /// - Precondition: The target lies in (0, 1).
  public init(behavior: String, target: Double, source: Source) {
    self.behavior = behavior
    self.target = target
    self.source = source
  }
}
