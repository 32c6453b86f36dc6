import Statistics

extension AttemptClaim {
  /// The claim that the pool's next attempt makes.
  ///
  /// Where even a clean sheet could not show the target, `maximumFailures` is -1: it cannot pass.
  package init(behavior: String, target: Double, pool: SealedPool) {
    let test = pool.test(target: target)
    self.init(
      behavior: behavior, target: target, units: pool.units, missing: pool.missing,
      maximumFailures: test?.maximumFailures ?? -1, level: pool.level, index: pool.spent + 1)
  }

  /// Whether so many failures among the units that are there show the target.
  package func passes(failures: Int) -> Bool {
    failures + missing <= maximumFailures
  }
}
