public import Tuning

/// One attempt at certifying: what it claimed and cost, and its bit.
public struct AttemptRow: Sendable, Encodable {
  public var number: Int
  public var checkpoint: String
  /// Nil while it is open.
  public var passed: Bool?
  public var claims: [AttemptClaim]
  /// The lowest and the highest level of its tests.
  public var levels: [Double]
  public var firstEvent: Int
  public var lastEvent: Int

  static func all(_ fold: RunFold) -> [AttemptRow] {
    zip(fold.summary.attempts, fold.attempts).map { attempt, events in
      let levels = attempt.record.claims.map(\.level)
      return AttemptRow(
        number: attempt.record.number, checkpoint: attempt.record.checkpoint.id,
        passed: attempt.passed, claims: attempt.record.claims,
        levels: [levels.min(), levels.max()].compactMap { $0 },
        firstEvent: events.lowerBound, lastEvent: events.upperBound)
    }
  }
}
