extension ExactBinomialTest {
  /// The smallest n, with its c, that keeps the level and passes at `hope` with probability at
  /// least 1 − beta.
  ///
  /// The power of exact tests is a saw-tooth in n: a larger n may have less. Use `power(at:)` of
  /// the n that there is. Takes milliseconds up to 10⁹ trials. For rates closer than about 1e-6 a
  /// plan would need more than 2⁴⁰; it is cut off there, and lacks the power.
  ///
  /// - Parameters:
  ///   - target: H0: θ ≤ target, at least 0.
  ///   - hope: The rate at which the test should pass, above `target` and at most 1.
  ///   - alpha: Positive.
  ///   - beta: The chance to miss at `hope`, positive.
  ///
  /// Source: the least c of which n_α(c), the fewest trials that keep the level with c failures,
  /// are not too many to pass.
  public static func smallest(
    target: Double, hope: Double, alpha: Double, beta: Double
  ) -> ExactBinomialTest {
    precondition(0 <= target && target < hope && hope <= 1, "rates rise from target to hope")
    precondition(alpha > 0 && beta > 0, "error rates are positive")
    let most = 1 << 40
    func test(_ trials: Int) -> ExactBinomialTest {
      // Even the most may be too few to show a target that is all but 1.
      var trials = trials
      while trials < Int.max / 2 {
        if let test = ExactBinomialTest(trials: trials, target: target, alpha: alpha) {
          return test
        }
        trials *= 2
      }
      preconditionFailure("a target this close to 1 cannot be told from it")
    }
    if target == 0 {
      // One success in n is enough.
      return test(smallestWhole(from: 1) { test($0).power(at: hope) >= 1 - beta } ?? most)
    }
    /// The fewest trials that keep the level with c failures: whole, and as a real number, with
    /// the binomial's tail as an incomplete beta function.
    func fewestTrials(_ c: Int) -> (whole: Int, real: Double) {
      let whole =
        smallestWhole(from: c + 1) { n in
          n >= most || binomialCDF(c, trials: n, probability: 1 - target) <= alpha
        } ?? most
      if whole == c + 1 { return (whole, Double(whole)) }
      let real = bisect(Double(whole - 1), Double(whole)) { n in
        regularizedIncompleteBeta(target, a: n - Double(c), b: Double(c) + 1) > alpha
      }.above
      return (whole, real)
    }
    // In real numbers of trials the power rises with c, and it is not less than in whole ones.
    let least = smallestWhole(from: 0) { c in
      let trials = fewestTrials(c)
      return trials.whole >= most
        || regularizedIncompleteBeta(hope, a: trials.real - Double(c), b: Double(c) + 1)
          >= 1 - beta
    }
    var c = least ?? most
    while true {
      let trials = fewestTrials(c).whole
      if trials >= most { return test(most) }
      if binomialCDF(c, trials: trials, probability: 1 - hope) >= 1 - beta { return test(trials) }
      c += 1
    }
  }
}
