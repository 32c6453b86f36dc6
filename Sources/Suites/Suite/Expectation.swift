/// What the reply to an example must be.
public enum Expectation: Sendable, Hashable {
  /// This label.
  case label(String)
  /// Any label but this one: `expect: { not: emergency }`.
  case not(String)

  /// The label that is expected, or ruled out.
  public var named: String {
    switch self {
    case .label(let label), .not(let label): label
    }
  }

  /// The one label that passes; nil where several do.
  public var label: String? {
    if case .label(let label) = self { label } else { nil }
  }

  /// Whether a reply of this label passes. Labels are compared as they are written.
  public func accepts(_ reply: String) -> Bool {
    switch self {
    case .label(let label): reply == label
    case .not(let label): reply != label
    }
  }

  /// Whether no reply could pass both.
  func contradicts(_ other: Expectation) -> Bool {
    switch (self, other) {
    case (.label(let one), .label(let two)): one != two
    case (.label(let one), .not(let two)), (.not(let two), .label(let one)): one == two
    case (.not, .not): false
    }
  }
}

extension Expectation: CustomStringConvertible {
  /// `refill`, `not emergency`.
  public var description: String { worded { $0 } }

  /// The same with the label quoted: `'refill'`, `not 'emergency'`.
  package func worded(_ quote: (String) -> String) -> String {
    switch self {
    case .label(let label): quote(label)
    case .not(let label): "not \(quote(label))"
    }
  }
}

/// By label; of one label, `label` before `not`.
extension Expectation: Comparable {
  public static func < (left: Self, right: Self) -> Bool {
    if left.named != right.named { return left.named < right.named }
    return left.label != nil && right.label == nil
  }
}

extension Expectation: ExpressibleByStringLiteral {
  public init(stringLiteral label: String) {
    self = .label(label)
  }
}

/// A label is a text, as files had it before there was anything else; all else is an object:
/// `"refill"`, `{"not": "emergency"}`.
extension Expectation: Codable {
  private enum Key: String, CodingKey {
    case not
  }

  public init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: Key.self) {
      self = .not(try container.decode(String.self, forKey: .not))
    } else {
      self = .label(try decoder.singleValueContainer().decode(String.self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .label(let label):
      var container = encoder.singleValueContainer()
      try container.encode(label)
    case .not(let label):
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(label, forKey: .not)
    }
  }
}
