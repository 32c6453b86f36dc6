#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension BernoulliSPRT {
  /// Wald's approximation to the mean number of grades until the test ends, at a true pass rate.
  ///
  /// Neglects what the ratio overshoots its bounds by, and takes for these Wald's
  /// ln((1−beta)/alpha) and ln(beta/(1−alpha)). For .90 → .97 it gives 65 at the hope where the
  /// truth is 73: plan with `OperatingCharacteristics`, which are exact.
  ///
  /// - Parameter rate: In 0...1.
  /// - Returns: 0 where alpha + beta ≥ 1, since a coin is as good a test then.
  ///
  /// Source: Wald (1945).
  public func approximateExpectedTrials(at rate: Double) -> Double {
    precondition((0...1).contains(rate), "a rate lies in 0...1")
    guard alpha + beta < 1 else { return 0 }
    let upper = log((1 - beta) / alpha)
    let lower = log(beta / (1 - alpha))
    let (up, down) = (successIncrement, failureIncrement)
    // A rate that is taken for impossible is settled by the first grade that shows it.
    if target == 0 && hope == 1 { return 1 }
    if hope == 1 { return Self.geometricMean(cappedAt: upper / up, chance: 1 - rate) }
    if target == 0 { return Self.geometricMean(cappedAt: lower / down, chance: rate) }
    if rate == 0 { return lower / down }
    if rate == 1 { return upper / up }
    let drift = rate * up + (1 - rate) * down
    let spread = rate * up * up + (1 - rate) * down * down
    let exponent = waldExponent(rate, drift: drift, spread: spread)
    guard abs(exponent * (upper - lower)) > 1e-6 else { return -upper * lower / spread }
    let passes = 1 / (1 - expm1(exponent * upper) / expm1(exponent * lower))
    return (passes * upper + (1 - passes) * lower) / drift
  }

  /// The lower bound on the pass rate that goes with the test, at every number of grades at once.
  ///
  /// The largest q below the hope against which the likelihood ratio of the hope is 1/alpha or
  /// more: with probability at least 1 − alpha it never exceeds the true rate. It exceeds the
  /// target exactly when the test passes, and never reaches the hope.
  ///
  /// - Parameters:
  ///   - successes: Of independent grades.
  ///   - trials: None, like no success, gives 0.
  ///   - hope: The rate that the bound is sharpest for, fixed before any grade; in 0...1.
  ///   - alpha: 1 − confidence of this bound alone, in (0, 1). 0, less, or NaN: 0.
  /// - Precondition: Successes are among the trials.
  ///
  /// Source: Wald (1945) for each q; as a confidence sequence Robbins (1970).
  public static func lowerBound(
    successes: Int, trials: Int, hope: Double, alpha: Double
  ) -> Double {
    precondition(0 <= successes && successes <= trials, "successes are among the trials")
    precondition((0...1).contains(hope), "a rate lies in 0...1")
    let failures = trials - successes
    guard let level = claimedLevel(alpha), successes > 0, hope > 0, hope < 1 || failures == 0
    else { return 0 }
    let (s, f) = (Double(successes), Double(failures))
    // Of w = ln q the log-likelihood ratio is convex and falls until q = s/n or the hope. Newton's
    // method from the left, where ln(1−q) is left out, comes from one side.
    let target = -log(level)
    let fixed = s * log(hope) + (failures == 0 ? 0 : f * log1p(-hope)) - target
    var w = fixed / s
    for _ in 0..<100 {
      let q = exp(w)
      let ratio = fixed - s * w - (failures == 0 ? 0 : f * log1p(-q))
      let slope = -s + (failures == 0 ? 0 : f * q / (1 - q))
      let next = w - ratio / slope
      if !(next > w) || !(slope < 0) { break }
      w = next
    }
    return exp(w)
  }

  /// The number of successes that pass the test if no failure comes between.
  public var successesWithoutFailure: Int {
    guard target > 0 else { return 1 }
    let guess = max(1, Int((-log(alpha) / successIncrement).rounded()) - 1)
    let start = decision(successes: guess, failures: 0) == .pass ? max(1, guess - 2) : guess
    return smallestWhole(from: start) { decision(successes: $0, failures: 0) == .pass } ?? .max
  }

  /// The mean of a geometric waiting time that ends at `cap`, which need not be whole.
  private static func geometricMean(cappedAt cap: Double, chance: Double) -> Double {
    chance == 0 ? cap : -expm1(cap * log1p(-chance)) / chance
  }

  /// The h ≠ 0 at which the mean of exp(h·increment) is 1: 1 at the target, −1 at the hope.
  private func waldExponent(_ rate: Double, drift: Double, spread: Double) -> Double {
    let (up, down) = (successIncrement, failureIncrement)
    if rate == target { return 1 }
    if rate == hope { return -1 }
    // Near the rate without drift the cumulant is a parabola, and rounding leaves no more of it.
    let parabola = -2 * drift / spread
    if abs(parabola) < 1e-5 { return parabola }
    func cumulant(_ h: Double) -> Double {
      let (a, b) = (log(rate) + h * up, log1p(-rate) + h * down)
      return max(a, b) + log1p(exp(-abs(a - b)))
    }
    // Convex and 0 at 0: negative between 0 and the root, positive beyond.
    var far = parabola
    while cumulant(far) < 0 { far *= 2 }
    return drift < 0
      ? bisect(0, far) { cumulant($0) < 0 }.below
      : -bisect(0, -far) { cumulant(-$0) < 0 }.below
  }
}
