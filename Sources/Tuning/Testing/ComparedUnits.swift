public import Suites

/// Which examples a comparison rests on: decided by suite and baseline, before any grade is seen.
///
/// Examples that only one of them has take no part. Of a cluster one example counts.
public struct ComparedUnits: Sendable, Hashable {
  /// In the order of the suite's behaviors.
  public var behaviors: [Unit]

  /// The units of one behavior.
  public struct Unit: Sendable, Hashable {
    public var behavior: String
    /// False where the baseline does not have it.
    public var hasBaseline: Bool
    /// The role that serves: `dev` where the gate is too small and `dev` is larger.
    public var role: Role
    /// Ids of the independent units of that role; of a new behavior those that there are.
    public var serving: Set<String>
    /// Every example that both have, by id: those whose flips are told.
    public var shared: [String: Shared]
  }

  /// An example that suite and baseline have.
  public struct Shared: Sendable, Hashable {
    public var example: Example
    public var role: Role
  }

  /// - Parameter enough: The units with which a gate is not too small.
  public init(_ baseline: Baseline, on suite: DealtSuite, enough: Int) {
    behaviors = suite.suite.behaviors.map { behavior in
      let old = baseline[behavior: behavior.name]
      let known = Set(old?.examples.map(\.id) ?? [])
      func units(_ role: Role) -> Set<String> {
        let examples = suite.representatives(of: behavior, in: role) {
          old == nil || known.contains($0.id)
        }
        return Set(examples.map(\.id))
      }
      let gate = units(.gate)
      let dev: Set<String> = gate.count < enough ? units(.dev) : []
      let roles: [Role] = behavior.isGuard ? [.dev, .gate] : [.train, .dev, .gate]
      let shared = behavior.examples.compactMap { example -> Shared? in
        guard known.contains(example.id), let role = suite.roles[example.cluster],
          roles.contains(role)
        else { return nil }
        return Shared(example: example, role: role)
      }
      return Unit(
        behavior: behavior.name, hasBaseline: old != nil,
        role: dev.count > gate.count ? .dev : .gate,
        serving: dev.count > gate.count ? dev : gate,
        shared: Dictionary(uniqueKeysWithValues: shared.map { ($0.example.id, $0) }))
    }
  }
}
