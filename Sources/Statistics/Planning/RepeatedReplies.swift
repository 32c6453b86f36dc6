/// What it brings to have each example answered more than once, and how often it pays.
///
/// An example's expected score varies from example to example; its replies scatter around it. More
/// replies remove only the second part: k replies to one example are one unit.
///
/// Source: Miller (2024), section 3.1.
public struct RepeatedReplies: Sendable, Hashable, Codable {
  /// Var x, the variance of expected scores between examples.
  public let varianceBetween: Double
  /// E[σ²], the mean variance of a score within an example.
  public let varianceWithin: Double

  /// - Precondition: Both are finite and not negative.
  public init(varianceBetween: Double, varianceWithin: Double) {
    precondition(
      varianceBetween >= 0 && varianceWithin >= 0 && varianceBetween.isFinite
        && varianceWithin.isFinite, "variances are not negative")
    self.varianceBetween = varianceBetween
    self.varianceWithin = varianceWithin
  }

  /// The variance of the mean over examples with k replies each, in units of that with one reply.
  ///
  /// 1 where nothing varies; never below the share of the variance between examples.
  ///
  /// - Precondition: k ≥ 1.
  public func varianceFactor(replies k: Int) -> Double {
    precondition(k >= 1, "a mean is over replies")
    let total = varianceBetween + varianceWithin
    return total == 0 ? 1 : (varianceBetween + varianceWithin / Double(k)) / total
  }

  /// The variance of the mean over so many examples with k replies each. Infinite without examples.
  ///
  /// - Precondition: Counts are not negative and k ≥ 1.
  public func varianceOfMean(examples: Int, replies k: Int) -> Double {
    precondition(examples >= 0 && k >= 1, "a mean is over replies")
    if examples == 0 { return .infinity }
    return (varianceBetween + varianceWithin / Double(k)) / Double(examples)
  }

  /// K*, the replies per example with which a given budget leaves the least variance:
  /// √(c_example·E[σ²] / (c_reply·Var x)). A real number, below 1 where even one reply is more than
  /// an example deserves.
  ///
  /// - Parameters:
  ///   - costPerExample: What an example costs whatever its replies, e.g. to write and label it.
  ///   - costPerReply: In the same unit.
  /// - Returns: Infinite where examples do not vary or replies cost nothing; 0 where there is
  ///   nothing to average or examples cost nothing.
  /// - Precondition: Costs are finite and not negative.
  ///
  /// Source: the optimum of two-stage sampling, Cochran (1977), section 10.6.
  public func optimalReplies(costPerExample: Double, costPerReply: Double) -> Double {
    precondition(
      costPerExample >= 0 && costPerReply >= 0 && costPerExample.isFinite && costPerReply.isFinite,
      "costs are not negative")
    // A product of zero first: what brings nothing is not done, however cheap it is.
    let gain = costPerExample * varianceWithin
    if gain == 0 { return 0 }
    return (gain / (costPerReply * varianceBetween)).squareRoot()
  }

  /// The whole number of replies that leaves the least variance for a budget: the better neighbor of
  /// `optimalReplies`, at least 1.
  ///
  /// - Returns: Nil where the more replies the better, without end.
  /// - Precondition: As `optimalReplies`.
  public func wholeReplies(costPerExample: Double, costPerReply: Double) -> Int? {
    let optimum = optimalReplies(costPerExample: costPerExample, costPerReply: costPerReply)
    guard optimum < 1e15 else { return nil }
    func loss(_ k: Int) -> Double {
      (varianceBetween + varianceWithin / Double(k)) * (costPerExample + Double(k) * costPerReply)
    }
    let below = max(1, Int(optimum))
    return loss(below) <= loss(below + 1) ? below : below + 1
  }
}
