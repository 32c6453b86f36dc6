import Statistics
public import Suites

/// What looking at `train` and `dev` with the champion shows when a run has ended, certified or not.
/// Facts only; which of them would help most is `Diagnosis`'s to say.
///
/// Nothing sealed and nothing of the gate is in it.
public struct TrainingStudy: Sendable, Hashable, Codable {
  /// Examples looked at, and those that there are.
  public var train: Sampled
  public var dev: Sampled
  /// Of both roles, by behavior.
  public var examples: [String: Int]
  /// In order of behavior; those that have enough of both roles.
  public var curves: [BehaviorCurve]
  /// Of all behaviors taken together.
  public var together: BehaviorCurve?
  /// Why there is no curve at all, where there is none.
  public var noCurve: String?
  /// The failures of `dev`, by behavior, then large groups first.
  public var groups: [FailureGroup]
  /// The surest first.
  public var suspects: [SuspectedLabel]
  /// The most alike first.
  public var contradictions: [Contradiction]

  public struct Sampled: Sendable, Hashable, Codable {
    public var used: Int
    public var total: Int

    public init(used: Int, total: Int) {
      self.used = used
      self.total = total
    }

    public var isPart: Bool { used < total }
  }

  /// Draws the conclusions from what a trainer found.
  public init(_ material: StudyMaterial, suite: DealtSuite) {
    let studied = material.examples
    train = Sampled(used: studied.train.count, total: studied.trainTotal)
    dev = Sampled(used: studied.dev.count, total: studied.devTotal)
    let members = StudiedBehaviors(material, suite: suite)
    examples = Dictionary(
      studied.all.flatMap { members.names[$0.id] ?? [] }.map { ($0, 1) }, uniquingKeysWith: +)
    noCurve = material.noCurve
    curves = members.behaviors.compactMap {
      BehaviorCurve(of: $0, material, seed: suite.suite.tuning.seed)
    }
    together = BehaviorCurve(of: members.together, material, seed: suite.suite.tuning.seed)
    groups = members.behaviors.flatMap { FailureGroup.all(of: $0, material) }
    suspects = SuspectedLabel.all(in: material, members: members)
    contradictions = Contradiction.all(in: material)
  }

  /// A place in a suite that somebody should look at.
  public struct Place: Sendable, Hashable, Codable {
    /// The example's id.
    public var example: String
    public var role: Role
    /// Every place where it stands, sorted.
    public var locations: [SourceLocation]
    public var input: String
    public var expected: String

    init(_ example: Example, role: Role) {
      self.example = example.id
      self.role = role
      locations = example.locations
      input = example.input
      expected = example.expected.named
    }
  }
}

/// The studied examples by behavior.
struct StudiedBehaviors {
  struct Members {
    /// nil for all behaviors together.
    var behavior: String?
    /// Indices into `examples.train`.
    var train: Set<Int>
    /// Indices into `examples.dev` of the units that are measured.
    var dev: [Int]
  }

  /// In order of name.
  let behaviors: [Members]
  let together: Members
  /// The behaviors that an example belongs to, by its id.
  let names: [String: [String]]

  init(_ material: StudyMaterial, suite: DealtSuite) {
    let examples = material.examples
    func places(_ examples: [Example]) -> [String: Int] {
      Dictionary(uniqueKeysWithValues: examples.enumerated().map { ($1.id, $0) })
    }
    let (train, dev) = (places(examples.train), places(examples.dev))
    var names: [String: [String]] = [:]
    behaviors = suite.suite.behaviors.map { behavior in
      for example in behavior.examples { names[example.id, default: []].append(behavior.name) }
      return Members(
        behavior: behavior.name,
        train: Set(suite.examples(of: behavior, in: .train).compactMap { train[$0.id] }),
        dev: suite.representatives(of: behavior, in: .dev).compactMap { dev[$0.id] })
    }
    self.names = names
    together = Members(
      behavior: nil, train: Set(examples.train.indices), dev: behaviors.flatMap(\.dev))
  }
}
