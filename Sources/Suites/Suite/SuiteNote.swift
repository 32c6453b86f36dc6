/// Something in the suite that was read, and is worth knowing, yet is no mistake.
public struct SuiteNote: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
  public var location: SourceLocation
  public var text: String

  public init(_ text: String, at location: SourceLocation) {
    self.location = location
    self.text = text
  }

  public var description: String { "\(location): \(text)" }

  public static func < (left: Self, right: Self) -> Bool {
    (left.location, left.text) < (right.location, right.text)
  }
}
