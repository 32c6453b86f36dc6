import Statistics

extension LoopSettings {
  /// Behaviors shown to be below their target on `dev`, corrected for their number (Holm).
  ///
  /// The champion was chosen on `dev`, which flatters it: an accusation is conservative.
  public func violated(on measurement: Measurement) -> [String] {
    let pValues = behaviors.map { behavior in
      let measured = measurement[behavior: behavior.name]
      return ExactBinomialTest.pValueBelow(
        successes: measured?.passes ?? 0, trials: measured?.trials ?? 0, target: behavior.target)
    }
    return zip(behaviors, holm(pValues))
      .filter { $0.1 <= 1 - confidence }
      .map(\.0.name)
  }
}
