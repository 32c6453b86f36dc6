/// Something about a suite that can be read, found by looking at what it holds.
public struct SuiteFinding: Sendable, Hashable, Codable {
  public var severity: Severity
  public var kind: Kind
  /// The behavior it concerns; nil where it concerns the suite.
  public var behavior: String?
  /// Where it stands, sorted; the first few where there are many.
  public var places: [SourceLocation]
  public var message: String
  /// What would help.
  public var suggestion: String?

  public init(
    _ severity: Severity, _ kind: Kind, behavior: String? = nil, places: [SourceLocation] = [],
    message: String, suggestion: String? = nil
  ) {
    self.severity = severity
    self.kind = kind
    self.behavior = behavior
    self.places = places
    self.message = message
    self.suggestion = suggestion
  }

  public enum Severity: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// A run makes no sense before it is mended.
    case error
    /// A run makes sense, and something is lost.
    case warning
    /// Worth knowing.
    case note

    public static func < (left: Self, right: Self) -> Bool { left.order < right.order }

    private var order: Int {
      switch self {
      case .error: 0
      case .warning: 1
      case .note: 2
      }
    }
  }

  /// What was looked at.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    case setAside = "set-aside"
    case repeats
    case roles
    case labels
    case units
    case clusters
    case ledger
    case population
    case settings
  }
}

extension SuiteFinding: CustomStringConvertible {
  /// `behaviors/a.yaml:1:1: warning: message. Suggestion`
  public var description: String {
    let place = places.first.map { "\($0): " } ?? ""
    return "\(place)\(severity.rawValue): \(message)" + (suggestion.map { ". \($0)" } ?? "")
  }
}

extension SuiteFinding: Comparable {
  public static func < (left: Self, right: Self) -> Bool {
    if left.severity != right.severity { return left.severity < right.severity }
    if left.places.first != right.places.first {
      guard let a = left.places.first else { return true }
      guard let b = right.places.first else { return false }
      return a < b
    }
    return left.message < right.message
  }
}
