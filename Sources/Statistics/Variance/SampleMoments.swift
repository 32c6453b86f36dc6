/// Mean and spread of a sample.
struct SampleMoments {
  let count: Int
  /// 0 without values.
  let mean: Double
  /// Σ (x − mean)².
  let squaredDeviations: Double

  /// Two passes, so that a large mean does not swallow a small spread.
  init(_ values: some Collection<Double>) {
    count = values.count
    guard count > 0 else {
      (mean, squaredDeviations) = (0, 0)
      return
    }
    let n = Double(count)
    let rough = values.reduce(0, +) / n
    let rest = values.reduce(0) { $0 + ($1 - rough) } / n
    let mean = rough + rest
    self.mean = mean
    squaredDeviations = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }

  /// With divisor n − 1; 0 for fewer than two values.
  var sampleVariance: Double { count > 1 ? squaredDeviations / Double(count - 1) : 0 }

  /// With divisor n; 0 without values.
  var populationVariance: Double { count > 0 ? squaredDeviations / Double(count) : 0 }

  /// Whether the values differ by rounding only.
  var isConstant: Bool {
    squaredDeviations <= Double(count) * (mean * 0x1p-50) * (mean * 0x1p-50)
  }
}
