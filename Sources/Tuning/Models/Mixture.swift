/// What a candidate is tuned on, behavior by behavior: told beside the plan, so that nobody has to
/// guess why one requirement moved and another held.
public struct Mixture: Sendable, Hashable, Codable {
  /// In order of name; behaviors with nothing to tune on are left out.
  public var parts: [Part]

  public struct Part: Sendable, Hashable, Codable {
    public var behavior: String
    public var purpose: Purpose
    /// Independent units in `train`.
    public var units: Int
    /// What one unit counts for in the loss.
    public var weight: Double
    /// Of the whole loss, a fraction.
    public var share: Double
  }

  public enum Purpose: String, Sendable, Hashable, Codable {
    /// Holds at the checkpoint that the run began with: replayed so that it is not forgotten.
    case replay
    /// Gets more weight than the others.
    case focus
    /// Tuned like the others.
    case tune
  }

  /// - Parameter focus: Weights of the plan; a behavior not named has 1.
  init(of behaviors: [LoopBehavior], focus: [String: Double], isWanted: (String) -> Bool) {
    let tuned = behaviors.filter { !$0.isGuard && $0.trainUnits > 0 }
    let total = tuned.reduce(0) { $0 + Double($1.trainUnits) * (focus[$1.name] ?? 1) }
    parts = tuned.map { behavior in
      let weight = focus[behavior.name] ?? 1
      let isReplayed = behavior.isCertified || !isWanted(behavior.name)
      return Part(
        behavior: behavior.name, purpose: weight > 1 ? .focus : isReplayed ? .replay : .tune,
        units: behavior.trainUnits, weight: weight,
        share: Double(behavior.trainUnits) * weight / total)
    }
  }

  /// The part of the loss that goes to a purpose, a fraction.
  public func share(of purpose: Purpose) -> Double {
    parts.reduce(0) { $1.purpose == purpose ? $0 + $1.share : $0 }
  }
}
