#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension HedgedCapital {
  /// The bounds after all values, on the mean of each or of the whole population.
  ///
  /// The means against which the larger weighted capital is under 1/alpha. Nothing seen gives
  /// 0...1; a whole population its mean, which has no error then. In a series that drifts so far
  /// that every mean is rejected the two bounds cross; the interval then spans from one to the
  /// other.
  ///
  /// - Parameter running: Whether what was excluded at any time stays excluded, which is as valid
  ///   and never wider (but for such crossings).
  public func interval(running: Bool = true) -> Interval {
    let (low, high) = (bound(isAbove: true, running), bound(isAbove: false, running))
    return Interval(lower: min(low, high), upper: max(low, high))
  }

  /// The lower end of `interval`: where the first gambler's capital is 1/(alpha·weightAbove). With
  /// `weightAbove` 1 a one-sided bound of level alpha; 0 where there is no first gambler.
  public func lowerBound(running: Bool = true) -> Double { bound(isAbove: true, running) }

  /// The upper end of `interval`. 1 where there is no second gambler.
  public func upperBound(running: Bool = true) -> Double { bound(isAbove: false, running) }

  private func bound(isAbove: Bool, _ running: Bool) -> Double {
    // What the population's mean can still be.
    var (low, high) = (0.0, 1.0)
    if let size = populationSize.map(Double.init), size > 0 {
      low = min(1, sum / size)
      high =
        Double(values.count) == size ? low : min(1, (sum + size - Double(values.count)) / size)
    }
    let weight = isAbove ? weightAbove : 1 - weightAbove
    guard weight > 0, low < high, !values.isEmpty else { return isAbove ? low : high }
    let threshold = -log(alpha * weight)
    func isRejected(_ mean: Double) -> Bool {
      let capital = logCapital(mean, isAbove: isAbove, enough: running ? threshold : nil)
      return (running ? capital.largest : capital.last) >= threshold
    }
    // Each gambler's capital is monotone in the mean, its running maximum too.
    if isAbove {
      guard isRejected(low) else { return low }
      return isRejected(high) ? high : bisect(low, high, isBelow: isRejected).below
    }
    guard isRejected(high) else { return high }
    return isRejected(low) ? low : bisect(low, high) { !isRejected($0) }.above
  }

  /// ln of a gambler's capital after all values, and the largest on the way there, at least 0.
  ///
  /// - Parameter enough: Where it is reached, the rest is not looked at.
  func logCapital(
    _ mean: Double, isAbove: Bool, enough: Double? = nil
  ) -> (last: Double, largest: Double) {
    precondition((0...1).contains(mean), "a mean lies in 0...1")
    if let size = populationSize {
      // Rounding of so many sums must not pass for a contradiction.
      let slack = 1e-12 * Double(size)
      let total = mean * Double(size)
      let isImpossible =
        isAbove
        ? total < sum - slack : total > sum + Double(size - values.count) + slack
      if isImpossible { return (.infinity, .infinity) }
    }
    let threshold = enough ?? .infinity
    let bets = isAbove ? betsAbove : betsBelow
    let size = populationSize.map(Double.init) ?? 0
    // Below is above for the mirrored values.
    var null = isAbove ? mean : 1 - mean
    var rest = size * null
    // The product is kept in range by powers of two. `peak` is its maximum in the present range.
    let (up, down, step) = (0x1p300, 0x1p-300, 300 * 0.6931471805599453)
    var (product, peak, shift, largest) = (1.0, 1.0, 0.0, 0.0)
    var goal = exp(threshold)
    func rescale(by factor: Double, _ change: Double) {
      largest = max(largest, log(peak) + shift)
      product *= factor
      peak = product
      shift += change
      goal = exp(threshold - shift)
    }
    for index in values.indices {
      let value = isAbove ? values[index] : 1 - values[index]
      if size > 0 {
        // The mean of what has not been drawn yet.
        null = max(0, rest / (size - Double(index)))
        rest -= value
      }
      let bet = bets[index]
      let stake = bet * null > truncation ? truncation / null : bet
      product *= 1 + stake * (value - null)
      if product > peak {
        peak = product
        if product >= goal { break }
        if product > up { rescale(by: down, step) }
      } else if product < down && product > 0 {
        rescale(by: up, -step)
      }
    }
    return (log(product) + shift, max(largest, log(peak) + shift))
  }
}
