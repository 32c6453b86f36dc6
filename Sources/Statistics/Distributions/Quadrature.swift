#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Gauss and Legendre's rule on [0, 1] with 48 points: exact for polynomials up to degree 95.
///
/// Source: the roots of the Legendre polynomial by Newton's method (Davis and Rabinowitz 1984).
enum GaussLegendre {
  /// Shape [48].
  static let points: [(node: Double, weight: Double)] = rule(48)

  private static func rule(_ count: Int) -> [(node: Double, weight: Double)] {
    (0..<count).map { index in
      var z = -cos(Double.pi * (Double(index) + 0.75) / (Double(count) + 0.5))
      var slope = 1.0
      for _ in 0..<8 {
        var (previous, current) = (1.0, z)
        for degree in 2...count {
          let n = Double(degree)
          (previous, current) = (current, ((2 * n - 1) * z * current - (n - 1) * previous) / n)
        }
        slope = Double(count) * (z * current - previous) / (z * z - 1)
        z -= current / slope
      }
      return (0.5 * (1 + z), 1 / ((1 - z * z) * slope * slope))
    }
  }

  /// ∫ of a smooth function from `lower` to `upper`, in so many equal panels.
  static func integrate(
    from lower: Double, to upper: Double, panels: Int = 1, _ function: (Double) -> Double
  ) -> Double {
    let width = (upper - lower) / Double(panels)
    var sum = 0.0
    for panel in 0..<panels {
      let start = lower + Double(panel) * width
      for (node, weight) in points { sum += weight * function(start + node * width) }
    }
    return sum * width
  }
}

/// ∫₀^∞ exp(logRatio(s)) ds for a concave, decreasing `logRatio` that is 0 at 0.
///
/// - Parameters:
///   - slope: The value of −logRatio′ at 0, not negative.
///   - curvature: About the value of −logRatio″ at 0.
func decreasingIntegral(
  _ logRatio: (Double) -> Double, derivative: (Double) -> Double, slope: Double, curvature: Double
) -> Double {
  // Beyond `end` the integrand is under e⁻³⁸. Newton's method comes from one side here.
  let depth = 42.0
  var end = 2 * depth / (slope + (slope * slope + 2 * depth * curvature).squareRoot())
  for _ in 0..<60 {
    let value = logRatio(end)
    if value < -38 && value > -60 { break }
    end = max(end / 16, end - (value + depth) / derivative(end))
  }
  return GaussLegendre.integrate(from: 0, to: end) { exp(logRatio($0)) }
}
