/// Where a sequential test stands.
public enum SequentialDecision: Sendable, Hashable, Codable {
  /// Neither bound is reached.
  case undecided
  /// θ > target is shown.
  case pass
  /// Going on is not worth it: evidence against θ ≥ hope.
  case stop
}
