/// How a statistic varies when the units are drawn again, with replacement, from those that there
/// are.
///
/// Assumes independent units (where examples share a cluster, the clusters) and enough of them,
/// some dozens: with few the intervals are too narrow. A bar to show, not a bound to certify with.
/// The same seed gives the same numbers on every machine.
///
/// ```swift
/// let scores = try Bootstrap.mean(of: scores, seed: 7)
/// scores.estimate            // of the units as they are
/// scores.interval(alpha: 0.05, method: .biasCorrected)
/// ```
///
/// Source: Efron (1979).
public struct Bootstrap: Sendable, Hashable, Codable {
  /// The statistic of the units themselves.
  public let estimate: Double
  /// The statistic of each resample, ascending. Shape [resamples].
  public let replicates: [Double]
  /// The skewness of the statistic over the units, from leaving out each in turn: what the BCa
  /// interval corrects for. 0 where it is the same whichever unit is left out.
  public let acceleration: Double

  /// Resamples that give the ends of a 95 % interval to a few thousandths of its width.
  public static let defaultResamples = 100_000

  /// Draws resamples for any statistic.
  ///
  /// It is called resamples + units + 1 times with units·resamples draws in all; `mean(of:)` and
  /// `pairedDifference` are much faster.
  ///
  /// - Parameters:
  ///   - units: How many units there are, two at least.
  ///   - resamples: How often to draw as many units again.
  ///   - statistic: The statistic of the units at these positions, 0..<units, which repeat in
  ///     resamples. Leaving out one unit it gets one position fewer.
  /// - Throws: `StatisticsError` where there are fewer than two units, the statistic comes out NaN
  ///   or infinite, or it is the same in all resamples; and what the statistic throws.
  /// - Precondition: resamples > 0.
  public init(
    units: Int, resamples: Int = Bootstrap.defaultResamples, seed: UInt64,
    statistic: (_ drawn: [Int]) throws -> Double
  ) throws {
    precondition(resamples > 0, "a bootstrap draws resamples")
    try requireCount(units, "units", atLeast: 2)
    var drawn = Array(0..<units)
    let estimate = try statistic(drawn)
    var leftOut: [Double] = []
    for unit in 0..<units {
      leftOut.append(try statistic((0..<units).filter { $0 != unit }))
    }
    var draws = Draws(below: units, seed: seed)
    var replicates: [Double] = []
    replicates.reserveCapacity(resamples)
    for _ in 0..<resamples {
      for position in drawn.indices { drawn[position] = draws.next() }
      replicates.append(try statistic(drawn))
    }
    try self.init(estimate: estimate, replicates: replicates, leftOut: leftOut)
  }

  /// - Parameter leftOut: The statistic without each unit in turn.
  init(
    estimate: Double, replicates: [Double], leftOut: [Double]
  ) throws(StatisticsError) {
    try requireFinite([estimate], "statistic")
    try requireFinite(replicates, "statistic of resamples")
    try requireFinite(leftOut, "statistic without a unit")
    guard !SampleMoments(replicates).isConstant else { throw .noSpread(argument: "statistic") }
    self.estimate = estimate
    self.replicates = replicates.sorted()
    let moments = SampleMoments(leftOut)
    let cubes = leftOut.reduce(0) {
      let deviation = moments.mean - $1
      return $0 + deviation * deviation * deviation
    }
    let squares = moments.squaredDeviations
    acceleration = moments.isConstant ? 0 : cubes / (6 * squares * squares.squareRoot())
  }

  /// The standard deviation of the replicates, divisor resamples − 1.
  public var standardError: Double { SampleMoments(replicates).sampleVariance.squareRoot() }
}

extension Bootstrap {
  /// The bootstrap of a mean.
  ///
  /// - Parameter values: One value a unit. Shape [units], two at least.
  /// - Throws: `StatisticsError` where there are fewer than two, one is NaN or infinite, or all are
  ///   alike: then their spread is unknown.
  /// - Precondition: resamples > 0.
  public static func mean(
    of values: [Double], resamples: Int = Bootstrap.defaultResamples, seed: UInt64
  ) throws(StatisticsError) -> Bootstrap {
    precondition(resamples > 0, "a bootstrap draws resamples")
    try requireCount(values.count, "values", atLeast: 2)
    try requireFinite(values, "values")
    let moments = SampleMoments(values)
    guard !moments.isConstant else { throw .noSpread(argument: "values") }
    let n = Double(values.count)
    var draws = Draws(below: values.count, seed: seed)
    var replicates = [Double](repeating: 0, count: resamples)
    values.withUnsafeBufferPointer { values in
      for resample in replicates.indices {
        var sum = 0.0
        for _ in 0..<values.count { sum += values[draws.next()] }
        replicates[resample] = sum / n
      }
    }
    return try Bootstrap(
      estimate: moments.mean, replicates: replicates,
      leftOut: values.map { moments.mean - ($0 - moments.mean) / (n - 1) })
  }

  /// The bootstrap of the mean difference of paired values, a unit's both values always together.
  ///
  /// - Parameters:
  ///   - a: One value a unit. Shape [units], two at least.
  ///   - b: The value to subtract, of the same units in the same order. Shape [units].
  /// - Throws: `StatisticsError` where lengths differ, there are fewer than two units, a value is NaN
  ///   or infinite, or all differences are alike.
  /// - Precondition: resamples > 0.
  public static func pairedDifference(
    _ a: [Double], _ b: [Double], resamples: Int = Bootstrap.defaultResamples, seed: UInt64
  ) throws(StatisticsError) -> Bootstrap {
    try requireSameCount(a.count, "a", b.count, "b")
    try requireFinite(a, "a")
    try requireFinite(b, "b")
    return try mean(of: zip(a, b).map { $0 - $1 }, resamples: resamples, seed: seed)
  }
}

/// Positions below a bound, each as likely but for a bias under 2⁻³².
private struct Draws {
  private let bound: UInt64
  private let isSmall: Bool
  private var generator: SeededGenerator
  /// The unused half of a random word; small bounds need one half each.
  private var rest: UInt64?

  init(below bound: Int, seed: UInt64) {
    self.bound = UInt64(bound)
    isSmall = bound <= 1 << 16
    generator = SeededGenerator(seed: seed, stream: "bootstrap")
  }

  mutating func next() -> Int {
    guard isSmall else { return Int(generator.next().multipliedFullWidth(by: bound).high) }
    if let half = rest {
      rest = nil
      return Int((half &* bound) >> 32)
    }
    let word = generator.next()
    rest = word & 0xFFFF_FFFF
    return Int(((word >> 32) &* bound) >> 32)
  }
}
