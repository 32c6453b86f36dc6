/// What turns a reply into a grade.
public enum Grader: String, Sendable, Hashable, Codable, CaseIterable {
  /// Passes a reply whose label is the expected one.
  case label
}
