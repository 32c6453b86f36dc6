public import Suites

/// What one model answered to every example that may be looked at: `train`, `dev` and `gate`.
///
/// Never a sealed one: those are asked in attempts only.
public struct Replay: Sendable, Hashable {
  public var model: TestedModel
  /// In the order of the suite's behaviors.
  public var behaviors: [BehaviorReplay]

  public init(model: TestedModel, behaviors: [BehaviorReplay]) {
    self.model = model
    self.behaviors = behaviors
  }

  /// Grades the replies to `prompts(for:)`, in its order.
  public init(model: TestedModel, replies: [Reply], suite: DealtSuite) {
    var rest = replies[...]
    let behaviors = suite.suite.behaviors.map { behavior in
      let examples = Self.examples(of: behavior, in: suite)
      let own = Array(rest.prefix(examples.count))
      rest = rest.dropFirst(examples.count)
      return BehaviorReplay(behavior: behavior.name, examples: examples, replies: own)
    }
    self.init(model: model, behaviors: behaviors)
  }

  public subscript(behavior name: String) -> BehaviorReplay? {
    behaviors.first { $0.behavior == name }
  }

  /// What to ask a model, behavior by behavior in order of example id.
  public static func prompts(for suite: DealtSuite) -> [Prompt] {
    suite.suite.behaviors.flatMap { behavior in
      examples(of: behavior, in: suite).map { Prompt($0.input) }
    }
  }

  private static func examples(of behavior: Behavior, in suite: DealtSuite) -> [Example] {
    behavior.examples.filter { example in
      switch suite.roles[example.cluster] {
      case .train: !behavior.isGuard
      case .dev, .gate: true
      case .sealed, nil: false
      }
    }
  }
}

/// The replies to the examples of one behavior, graded.
public struct BehaviorReplay: Sendable, Hashable {
  public var behavior: String
  /// Ids of the examples that were asked.
  public var asked: Set<String>
  /// By example id.
  public var failures: [String: Failure]
  /// The margins of replies that are numerical ties, passes and failures alike, by example id.
  public var ties: [String: Double]
  /// By example id, the label that passed where several would have.
  public var answers: [String: String]

  public init(
    behavior: String, asked: Set<String>, failures: [String: Failure], ties: [String: Double] = [:],
    answers: [String: String] = [:]
  ) {
    self.behavior = behavior
    self.asked = asked
    self.failures = failures
    self.ties = ties
    self.answers = answers
  }

  init(behavior: String, examples: [Example], replies: [Reply]) {
    let failures = LabelGrader.failures(of: replies, to: examples)
    let ties = zip(examples, replies).compactMap { example, reply in
      reply.margin.flatMap { NumericalTie.has(margin: $0) ? (example.id, $0) : nil }
    }
    self.init(
      behavior: behavior, asked: Set(examples.map(\.id)),
      failures: Dictionary(uniqueKeysWithValues: failures.map { ($0.example, $0) }),
      ties: Dictionary(uniqueKeysWithValues: ties))
    for (example, reply) in zip(examples, replies) where example.expected.label == nil {
      if case .label(let label, _, _) = reply, passes(example.id) { answers[example.id] = label }
    }
  }

  /// Whether an example that was asked passed.
  public func passes(_ id: String) -> Bool { failures[id] == nil }

  /// The label given to an example that passed.
  func passingReply(to example: Example) -> String? {
    example.expected.label ?? answers[example.id]
  }
}
