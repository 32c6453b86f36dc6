extension ExactBinomialTest {
  /// The mean number of trials if the test ends as soon as its verdict is certain: at failure c + 1,
  /// or at success n − c. The verdict, and so size and power, stay those of the whole test.
  ///
  /// In closed form, for 10⁹ trials as well.
  ///
  /// - Parameter rate: The true pass rate, in 0...1.
  ///
  /// Source: the two waiting times, each cut off at n, are tails of a binomial of n + 1 trials
  /// (negative binomial curtailment, Phatak and Bhatt 1967).
  public func expectedTrials(at rate: Double) -> Double {
    precondition((0...1).contains(rate), "a rate lies in 0...1")
    let failureRate = 1 - rate
    let failing = Double(maximumFailures) + 1
    let passing = Double(trials - maximumFailures)
    if rate == 0 { return failing }
    if failureRate == 0 { return passing }
    return failing / failureRate
      * binomialSurvival(maximumFailures + 2, trials: trials + 1, probability: failureRate)
      + passing / rate
      * binomialCDF(maximumFailures, trials: trials + 1, probability: failureRate)
  }
}
