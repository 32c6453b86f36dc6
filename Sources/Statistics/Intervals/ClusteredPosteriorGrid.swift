#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The likelihood of θ and d, from how often each count occurs.
struct BetaBinomialLikelihood {
  private let passes: [(count: Double, times: Double)]
  private let failures: [(count: Double, times: Double)]
  private let sizes: [(count: Double, times: Double)]

  init(successes: [Int], sizes: [Int]) {
    func tally(_ counts: some Sequence<Int>) -> [(count: Double, times: Double)] {
      var times: [Int: Int] = [:]
      for count in counts where count > 0 { times[count, default: 0] += 1 }
      return times.sorted { $0.key < $1.key }.map { (Double($0.key), Double($0.value)) }
    }
    passes = tally(successes)
    failures = tally(zip(sizes, successes).map { $0 - $1 })
    self.sizes = tally(sizes)
  }

  /// ln of likelihood and prior together, as a density of the logit of θ and the logarithm of d.
  func logPosterior(logit: Double, logPrecision: Double) -> Double {
    let (rate, complement) = (logistic(logit), logistic(-logit))
    let d = exp(logPrecision)
    func rising(_ a: Double, _ tally: [(count: Double, times: Double)]) -> Double {
      let base = logGamma(a)
      return tally.reduce(0) { $0 + $1.times * (logGamma(a + $1.count) - base) }
    }
    return log(rate) + log(complement) + logPrecision - d
      + rising(d * rate, passes) + rising(d * complement, failures) - rising(d, sizes)
  }
}

/// The posterior on a grid that covers all of it that matters.
struct ClusteredPosteriorGrid {
  let logits: [Double]
  /// Of the logits, not normalized.
  let marginal: [Double]

  init(around likelihood: BetaBinomialLikelihood) {
    var logit = (-40.0, 40.0)
    var logPrecision = (-40.0, 8.0)
    func points(_ range: (Double, Double), _ count: Int) -> [Double] {
      (0..<count).map { range.0 + (range.1 - range.0) * Double($0) / Double(count - 1) }
    }
    // Zooms in on where the posterior is within e⁻³⁰ of its peak, as long as that gets smaller.
    for _ in 0..<12 {
      let (rows, columns) = (points(logit, 41), points(logPrecision, 41))
      let heights = rows.map { row in
        columns.map { likelihood.logPosterior(logit: row, logPrecision: $0) }
      }
      let floor = heights.joined().reduce(-Double.infinity, max) - 30
      let keptRows = rows.indices.filter { row in heights[row].contains { $0 > floor } }
      let keptColumns = columns.indices.filter { column in
        heights.contains { $0[column] > floor }
      }
      func around(_ kept: [Int], _ points: [Double]) -> (Double, Double) {
        (points[max(0, kept[0] - 1)], points[min(points.count - 1, kept[kept.count - 1] + 1)])
      }
      let next = (around(keptRows, rows), around(keptColumns, columns))
      let area = (logit.1 - logit.0) * (logPrecision.1 - logPrecision.0)
      (logit, logPrecision) = next
      if (logit.1 - logit.0) * (logPrecision.1 - logPrecision.0) > 0.7 * area { break }
    }
    let (rows, columns) = (points(logit, 401), points(logPrecision, 121))
    let heights = rows.map { row in
      columns.map { likelihood.logPosterior(logit: row, logPrecision: $0) }
    }
    let peak = heights.joined().reduce(-Double.infinity, max)
    logits = rows
    // Evenly spaced sums are exact enough for a smooth function that vanishes at both ends.
    marginal = heights.map { $0.reduce(0) { $0 + exp($1 - peak) } }
  }
}
