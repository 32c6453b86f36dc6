import Suites
import Tuning

/// The untuned base beside a run that did not begin there, from an earlier run.
public struct BaseRow: Sendable, Encodable {
  public var checkpoint: String
  public var run: Int
  /// The event of that run.
  public var event: Int
}

/// One behavior of the champion beside the untuned base, on the units that both were asked.
public struct BaseFlips: Sendable, Encodable {
  public var units: Int
  public var basePasses: Int
  public var passes: Int
  /// Units that failed at the base and pass now, and the other way round.
  public var gained: Int
  public var lost: Int

  /// - Parameter isSameSuite: Where runs did not note what passed, the same number of units of the same
  ///   suite are the same units.
  /// - Returns: Nil where no unit is known to be common.
  init?(_ base: BehaviorMeasurement, _ now: BehaviorMeasurement, isSameSuite: Bool) {
    let (before, after) = (base.failed, now.failed)
    if let old = base.asked, let new = now.asked {
      let common = old.intersection(new)
      units = common.count
      basePasses = units - before.intersection(common).count
      passes = units - after.intersection(common).count
      gained = before.intersection(common).subtracting(after).count
      lost = after.intersection(common).subtracting(before).count
    } else {
      guard isSameSuite, base.trials == now.trials else { return nil }
      (units, basePasses, passes) = (now.trials, base.passes, now.passes)
      gained = before.subtracting(after).count
      lost = after.subtracting(before).count
    }
    guard units > 0 else { return nil }
  }
}

extension BehaviorMeasurement {
  /// Ids of all units; nil where the run did not note what passed.
  fileprivate var asked: Set<String>? {
    passed.map { failed.union($0.map(\.example)) }
  }
}
