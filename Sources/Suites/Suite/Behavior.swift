/// One fine-grained requirement: what must hold, how it is graded, the pass rate to reach.
public struct Behavior: Sendable, Hashable, Codable {
  public var name: String
  /// What must hold, in words.
  public var requires: String
  /// The pass rate that must be shown, a fraction in (0, 1).
  public var target: Double
  /// The rate at which it should usually be shown; above `target`. Sets power, never validity.
  public var hope: Double
  public var grader: Grader
  /// Never tuned on; may not get worse.
  public var isGuard: Bool
  /// In order of id.
  public var examples: [Example]
  /// The file that defines it.
  public var location: SourceLocation

  /// - Parameter hope: Nil takes `Claims.defaultHope(target:)`.
  public init(
    name: String, requires: String, target: Double, hope: Double? = nil, grader: Grader = .label,
    isGuard: Bool = false, examples: [Example], location: SourceLocation
  ) {
    self.name = name
    self.requires = requires
    self.target = target
    self.hope = hope ?? Claims.defaultHope(target: target)
    self.grader = grader
    self.isGuard = isGuard
    self.examples = examples.sorted { $0.id < $1.id }
    self.location = location
  }
}
