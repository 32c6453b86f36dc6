extension ExactBinomialTest {
  /// The smallest n, with its c, that keeps the level and passes at `hope` with probability at
  /// least 1 − beta.
  ///
  /// The power of exact tests is a saw-tooth in n: a larger n may have less. Use `power(at:)` of
  /// the n that there is.
  ///
  /// - Parameters:
  ///   - target: H0: θ ≤ target.
  ///   - hope: The rate at which the test should pass, above `target`.
  public static func smallest(
    target: Double, hope: Double, alpha: Double, beta: Double
  ) -> ExactBinomialTest {
    precondition(0 < target && target < hope && hope <= 1, "rates rise from target to hope")
    precondition(alpha > 0 && beta > 0, "error rates are positive")
    var trials = max(1, zeroFailureSampleSize(target: target, alpha: alpha))
    // Nothing shorter than this has the power even by the normal approximation, with room.
    let spread =
      -normalQuantile(alpha) * (target * (1 - target)).squareRoot()
      - min(0, normalQuantile(beta)) * (hope * (1 - hope)).squareRoot()
    let guess = (spread / (hope - target)) * (spread / (hope - target))
    if guess > 1000 { trials = max(trials, Int(guess * 0.8)) }
    while true {
      if let test = ExactBinomialTest(trials: trials, target: target, alpha: alpha),
        test.power(at: hope) >= 1 - beta
      {
        return test
      }
      trials += 1
    }
  }
}
