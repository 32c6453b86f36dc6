/// Paired differences between two measurements of the same units.
enum Flipped {
  static func between(_ old: BehaviorMeasurement, _ new: BehaviorMeasurement) -> Decision.Flips {
    let (before, after) = (old.failed, new.failed)
    return Decision.Flips(
      behavior: new.behavior, gained: before.subtracting(after).count,
      lost: after.subtracting(before).count)
  }

  /// Behaviors with at least one flip, in order of name.
  static func all(from old: Measurement, to new: Measurement) -> [Decision.Flips] {
    new.behaviors.compactMap { behavior in
      guard let before = old[behavior: behavior.behavior] else { return nil }
      let flips = between(before, behavior)
      return flips.gained + flips.lost == 0 ? nil : flips
    }
  }
}
