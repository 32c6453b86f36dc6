/// The least cautious setting whose risk on a new unit is at most alpha on average.
///
/// Assumes exchangeable units, and a loss in 0...bound that does not rise as λ (the caution) grows.
///
/// Source: Angelopoulos, Bates, Fisch, Lei and Schuster (2022), conformal risk control.
public struct ConformalRiskControl: Sendable, Hashable, Codable {
  /// The settings, ascending. Shape [m].
  public let lambdas: [Double]
  /// n/(n + 1)·risk + bound/(n + 1) for each setting: what is compared with alpha. Shape [m].
  public let adjustedRisks: [Double]
  public let alpha: Double
  /// The smallest λ from which on every adjusted risk is at most alpha; nil where none is: then
  /// only turning every unit down keeps the promise.
  public let threshold: Double?

  /// - Parameters:
  ///   - lambdas: The settings tried, in any order. Shape [m].
  ///   - risks: The mean loss of each over the calibration units, in 0...bound. Shape [m].
  ///   - calibrationCount: n, the calibration units; with none nothing is promised below `bound`.
  ///   - bound: The largest possible loss.
  ///   - alpha: The risk to stay below. NaN is reached by none.
  /// - Throws: `StatisticsError` where lengths differ, a value is NaN or infinite, or a risk lies
  ///   outside 0...bound.
  /// - Precondition: The count is not negative; bound is positive and finite.
  public init(
    lambdas: [Double], risks: [Double], calibrationCount: Int, bound: Double = 1, alpha: Double
  ) throws(StatisticsError) {
    precondition(calibrationCount >= 0, "a count is not negative")
    precondition(bound > 0 && bound.isFinite, "losses have a bound")
    try requireSameCount(lambdas.count, "lambdas", risks.count, "risks")
    try requireFinite(lambdas, "lambdas")
    try requireFinite(risks, "risks", in: 0...bound)
    let order = lambdas.indices.sorted { lambdas[$0] < lambdas[$1] }
    let n = Double(calibrationCount)
    self.lambdas = order.map { lambdas[$0] }
    adjustedRisks = order.map { n / (n + 1) * risks[$0] + bound / (n + 1) }
    self.alpha = alpha
    let kept = adjustedRisks.reversed().prefix { $0 <= alpha }.count
    threshold = kept == 0 ? nil : self.lambdas[lambdas.count - kept]
  }
}
