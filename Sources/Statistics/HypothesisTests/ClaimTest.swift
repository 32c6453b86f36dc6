/// The test of a claimed pass rate on units that the claim does not rest on.
///
/// It says that the rate is below the claim, that it is not below it by more than a margin, or
/// neither. A rate that is shown to be below the claim contradicts it by however little.
///
/// Source: the exact binomial test, one-sided, in both directions.
public struct ClaimTest: Sendable, Hashable, Codable {
  /// How far below the claim a rate may be that is not told from it, in (0, 1).
  public let margin: Double
  /// The error probability of contradictions, all behaviors together, and of each "consistent"; in
  /// (0, 0.5].
  public let alpha: Double

  public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
    /// Shown not to be below the claim by the margin or more.
    case consistent
    /// Shown to be below the claim.
    case contradicted
    /// Neither is shown.
    case undecided
  }

  /// - Precondition: Margin and alpha are as above.
  public init(margin: Double, alpha: Double) {
    precondition(margin > 0 && margin < 1, "a margin is a drop of a rate")
    precondition(alpha > 0 && alpha <= 0.5, "a level lies in 0...0.5")
    self.margin = margin
    self.alpha = alpha
  }

  /// The p-value against "the pass rate is at least `target`"; 1 without trials. Of many behaviors,
  /// adjust it (`holm`).
  public static func pValue(passes: Int, trials: Int, target: Double) -> Double {
    ExactBinomialTest.pValueBelow(successes: passes, trials: trials, target: target)
  }

  /// What fresh units show.
  ///
  /// - Parameter adjustedPValue: `pValue`, adjusted for the number of behaviors.
  /// - Precondition: 0 ≤ passes ≤ trials.
  public func verdict(
    passes: Int, trials: Int, target: Double, adjustedPValue: Double
  ) -> Verdict {
    guard trials > 0 else { return .undecided }
    if adjustedPValue <= alpha { return .contradicted }
    let isNear = ExactBinomialTest.pValue(
      successes: passes, trials: trials, target: floor(of: target))
    return isNear <= alpha ? .consistent : .undecided
  }

  /// The lowest rate that counts as near the claim; 0 where the margin is wider than the claim.
  public func floor(of target: Double) -> Double { max(0, target - margin) }

  // MARK: - Planning

  /// The chance of `contradicted` where the true rate is the claim less the margin.
  ///
  /// - Parameter level: Of this one test: alpha over the number of behaviors, for the first step of
  ///   Holm's.
  public func power(trials: Int, target: Double, level: Double) -> Double {
    // To show that passes are fewer is to show that failures are more.
    ExactBinomialTest(trials: trials, target: 1 - target, alpha: level)?
      .power(at: 1 - floor(of: target)) ?? 0
  }

  /// The fewest units that contradict with a chance of 0.8 where the true rate is the claim less the
  /// margin.
  ///
  /// - Precondition: 0 < target < 1.
  public func trialsToSee(target: Double, level: Double) -> Int {
    ExactBinomialTest.smallest(
      target: 1 - target, hope: 1 - floor(of: target), alpha: level, beta: 0.2
    ).trials
  }
}
