/// A lower bound on the true pass rate where a fallible judge did the grading.
///
/// It believes the worst of the judge: that every truly good reply was passed. From
/// P(judge passes) ≤ θ + (1 − θ)·f follows θ ≥ (p − f) / (1 − f), and exact bounds at alpha/2 each
/// stand in for p and f, so it fails with probability at most alpha for every judge.
///
/// Assumes that the labeled replies are a random sample of *this* candidate's truly failing ones:
/// tuning against a judge finds the failures that the judge passes.
///
/// Source: Clopper and Pearson (1934) for both bounds, joined by Bonferroni's inequality.
public struct JudgeBoxBound: Sendable, Hashable, Codable {
  /// The lower bound of the rate at which the judge passes replies; 0 without judged replies.
  public let judgedRateLower: Double
  /// The upper bound of the rate at which it passes truly failing ones; 1 without labels.
  public let falsePassRateUpper: Double
  /// The lower bound of the true pass rate; 0 where the judge could have made it all up.
  public let lower: Double

  /// - Parameters:
  ///   - judgePasses: Replies that the judge passed, of `judged` independent ones.
  ///   - falsePasses: Truly failing replies that the judge passed, of `labeledFailures` that people
  ///     labeled as failing.
  ///   - alpha: The probability that the bound is wrong, in (0, 1). 0, less, or NaN: the bound is 0.
  /// - Precondition: Counts are not negative and passes are among the replies.
  public init(
    judgePasses: Int, judged: Int, falsePasses: Int, labeledFailures: Int, alpha: Double
  ) {
    judgedRateLower = ClopperPearson.lower(
      successes: judgePasses, trials: judged, alpha: alpha / 2)
    falsePassRateUpper = ClopperPearson.upper(
      successes: falsePasses, trials: labeledFailures, alpha: alpha / 2)
    lower =
      judgedRateLower > falsePassRateUpper
      ? (judgedRateLower - falsePassRateUpper) / (1 - falsePassRateUpper) : 0
  }
}
