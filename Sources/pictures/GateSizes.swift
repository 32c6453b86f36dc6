import Statistics

/// What a gate really lets through that passes when some lower 95 % bound exceeds the target.
enum GateSizes {
  /// The chance to pass at the target itself, in the worst of all pools of 20 to 400 units.
  static func worst(_ method: BinomialIntervalMethod, target: Double) -> Double {
    (20...400).map { size(method, trials: $0, target: target) }.max() ?? 0
  }

  private static func size(
    _ method: BinomialIntervalMethod, trials: Int, target: Double
  ) -> Double {
    // One-sided 95 % is the lower end of a two-sided 90 %; it rises with the successes.
    func passes(_ successes: Int) -> Bool {
      method.interval(successes: successes, trials: trials, alpha: 0.1).lower > target
    }
    guard passes(trials) else { return 0 }
    var (low, high) = (-1, trials)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if passes(middle) { high = middle } else { low = middle }
    }
    return binomialSurvival(high, trials: trials, probability: target)
  }
}
