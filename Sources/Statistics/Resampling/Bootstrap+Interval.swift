extension Bootstrap {
  /// How the interval's ends are read off the replicates.
  public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
    /// The α/2 and 1 − α/2 quantiles of the replicates, Efron (1979).
    case percentile
    /// BCa: the same at levels corrected for the replicates' bias and for the acceleration,
    /// Efron (1987); more accurate where the statistic is skewed.
    case biasCorrected
  }

  /// The two-sided interval.
  ///
  /// Of a statistic that hardly varies (the median of ties) it can be of zero width.
  ///
  /// - Parameter alpha: 1 − confidence, both sides together, in (0, 1). One too small for the number
  ///   of resamples ends at the outermost replicates; 0, less, or NaN: −∞...∞.
  public func interval(alpha: Double, method: Method = .percentile) -> Interval {
    guard alpha > 0 else { return Interval(lower: -.infinity, upper: .infinity) }
    let tail = min(alpha, 1) / 2
    let (lower, upper) =
      switch method {
      case .percentile: (tail, 1 - tail)
      case .biasCorrected: (correctedLevel(tail), 1 - correctedLevel(upper: tail))
      }
    return Interval(
      lower: sampleQuantile(lower, ofSorted: replicates),
      upper: sampleQuantile(upper, ofSorted: replicates))
  }

  /// Where among the replicates the lower end stands.
  private func correctedLevel(_ level: Double) -> Double {
    normalCDF(corrected(normalQuantile(level)))
  }

  /// How far from the top the upper end stands.
  private func correctedLevel(upper level: Double) -> Double {
    normalSurvival(corrected(-normalQuantile(level)))
  }

  private func corrected(_ z: Double) -> Double {
    let bias = bias
    let shifted = bias + z
    let stretch = 1 - acceleration * shifted
    // So skewed that the correction runs off: to the outermost replicate.
    guard stretch > 0 else { return shifted < 0 ? -.infinity : .infinity }
    return bias + shifted / stretch
  }

  /// z0: the normal quantile of the share of replicates below the estimate, of equal ones half.
  private var bias: Double {
    // Values that differ by rounding count as equal.
    let tolerance = 1e-10 * standardError
    let below = position { $0 < estimate - tolerance }
    let notAbove = position { $0 <= estimate + tolerance }
    let count = Double(replicates.count)
    let share = Double(below + notAbove) / (2 * count)
    return normalQuantile(min(1 - 0.5 / count, max(0.5 / count, share)))
  }

  /// How many replicates, from the smallest on, satisfy a condition that larger ones do not.
  private func position(_ condition: (Double) -> Bool) -> Int {
    var (low, high) = (0, replicates.count)
    while low < high {
      let middle = low + (high - low) / 2
      if condition(replicates[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
