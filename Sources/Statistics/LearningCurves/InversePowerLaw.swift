#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How an error falls as examples are added: error(n) = a + b·n^−c.
///
/// Never below 0, and never rising: a ≥ 0 and b ≥ 0. The exponent lies between 0.1, slower than
/// what is seen in practice, and 1, the fastest that learning theory knows for consistent learners.
/// With a handful of noisy points all three are loose together: show how the law varies
/// (`LearningCurve`), never the law alone.
///
/// Source: Cortes et al. (1994), "Learning curves: asymptotic values and rate of convergence";
/// Hestness et al. (2017), "Deep learning scaling is predictable, empirically".
public struct InversePowerLaw: Sendable, Hashable, Codable {
  /// a: the error that no number of examples gets below.
  public let asymptote: Double
  /// b: 0 for a curve that is flat.
  public let scale: Double
  /// c; without meaning where the curve is flat.
  public let exponent: Double

  /// The exponents that are tried.
  public static let exponents = 0.1...1.0

  public init(asymptote: Double, scale: Double, exponent: Double) {
    self.asymptote = asymptote
    self.scale = scale
    self.exponent = exponent
  }

  /// Fits by weighted least squares: exactly in a and b for each exponent, which is searched for.
  ///
  /// - Parameters:
  ///   - sizes: Numbers of examples, above 0, at least three different ones. Shape [n].
  ///   - errors: The error seen with each, in [0, 1]. Shape [n].
  ///   - weights: Above 0. Shape [n].
  /// - Throws: `StatisticsError` where there are fewer, lengths differ, or a value is outside.
  public init(
    sizes: [Double], errors: [Double], weights: [Double]
  ) throws(StatisticsError) {
    try requireSameCount(sizes.count, "sizes", errors.count, "errors")
    try requireSameCount(sizes.count, "sizes", weights.count, "weights")
    let positive = Double.leastNormalMagnitude...Double.greatestFiniteMagnitude
    try requireFinite(sizes, "sizes", in: positive)
    try requireFinite(errors, "errors", in: 0...1)
    try requireFinite(weights, "weights", in: positive)
    try requireCount(Set(sizes).count, "different sizes", atLeast: 3)
    let points = PowerLawPoints(sizes: sizes, errors: errors, weights: weights)
    let best = points.best(in: Self.exponents)
    self.init(
      asymptote: best.asymptote,
      scale: best.scale * pow(points.largest, best.exponent), exponent: best.exponent)
  }

  /// The error with so many examples, above 0.
  public func error(at size: Double) -> Double {
    asymptote + scale * pow(size, -exponent)
  }

  /// The number of examples from which on the error is at most `error`.
  ///
  /// - Returns: Nil where no number suffices; 0 where a flat curve is there already.
  public func size(reaching error: Double) -> Double? {
    guard scale > 0 else { return asymptote <= error ? 0 : nil }
    guard error > asymptote else { return nil }
    return pow(scale / (error - asymptote), 1 / exponent)
  }
}

/// What a law is fitted to. Sizes are taken relative to the largest, so that powers stay near 1.
struct PowerLawPoints {
  private let ratios: [Double]
  private let errors: [Double]
  private let weights: [Double]
  let largest: Double

  struct Fit {
    var exponent: Double
    var asymptote: Double
    var scale: Double
    var loss: Double
  }

  private static let steps = 90

  init(sizes: [Double], errors: [Double], weights: [Double]) {
    let largest = sizes.max() ?? 1
    self.largest = largest
    ratios = sizes.map { log($0 / largest) }
    self.errors = errors
    self.weights = weights
  }

  /// The best exponent on a grid, then between its neighbors by golden section.
  func best(in exponents: ClosedRange<Double>) -> Fit {
    let width = (exponents.upperBound - exponents.lowerBound) / Double(Self.steps)
    var best = fit(exponent: exponents.lowerBound)
    for step in 1...Self.steps {
      let other = fit(exponent: exponents.lowerBound + Double(step) * width)
      if other.loss < best.loss { best = other }
    }
    var lower = max(exponents.lowerBound, best.exponent - width)
    var upper = min(exponents.upperBound, best.exponent + width)
    let golden = (5.0.squareRoot() - 1) / 2
    for _ in 0..<30 {
      let left = fit(exponent: upper - golden * (upper - lower))
      let right = fit(exponent: lower + golden * (upper - lower))
      if left.loss < best.loss { best = left }
      if right.loss < best.loss { best = right }
      if left.loss <= right.loss { upper = right.exponent } else { lower = left.exponent }
    }
    return best
  }

  /// Least squares in a and b, neither below 0.
  private func fit(exponent: Double) -> Fit {
    var (s, sx, sy, sxx, sxy) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for index in ratios.indices {
      let x = exp(-exponent * ratios[index])
      let (y, w) = (errors[index], weights[index])
      s += w
      sx += w * x
      sy += w * y
      sxx += w * x * x
      sxy += w * x * y
    }
    let scale = (s * sxy - sx * sy) / (s * sxx - sx * sx)
    let asymptote = (sy - scale * sx) / s
    if scale >= 0 && asymptote >= 0 {
      return judged(exponent: exponent, asymptote: asymptote, scale: scale)
    }
    let flat = judged(exponent: exponent, asymptote: sy / s, scale: 0)
    let vanishing = judged(exponent: exponent, asymptote: 0, scale: sxy / sxx)
    return flat.loss <= vanishing.loss ? flat : vanishing
  }

  private func judged(exponent: Double, asymptote: Double, scale: Double) -> Fit {
    var loss = 0.0
    for index in ratios.indices {
      let residual = errors[index] - asymptote - scale * exp(-exponent * ratios[index])
      loss += weights[index] * residual * residual
    }
    return Fit(exponent: exponent, asymptote: asymptote, scale: scale, loss: loss)
  }
}
