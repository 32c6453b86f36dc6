/// What an example may be used for. Roles only ever move down this order.
public enum Role: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  /// Tuning.
  case train
  /// Looking, choosing candidates, error bars, diagnosis.
  case dev
  /// The regression test; it chooses nothing.
  case gate
  /// Certifying, and nothing else.
  case sealed

  public static func < (left: Self, right: Self) -> Bool {
    left.order < right.order
  }

  private var order: Int {
    switch self {
    case .train: 0
    case .dev: 1
    case .gate: 2
    case .sealed: 3
    }
  }
}
