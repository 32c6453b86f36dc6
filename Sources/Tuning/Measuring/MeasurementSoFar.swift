public import Statistics
public import Suites

/// A measurement while it is made: what is known after each chunk of replies.
public struct MeasurementSoFar: Sendable, Hashable, Codable {
  public var checkpoint: Checkpoint
  /// The role whose examples are asked; never `sealed`.
  public var role: Role
  /// All behaviors, in the order of the suite.
  public var behaviors: [BehaviorSoFar]

  public init(checkpoint: Checkpoint, role: Role, behaviors: [BehaviorSoFar]) {
    precondition(role != .sealed, "nothing but one bit leaves an attempt")
    self.checkpoint = checkpoint
    self.role = role
    self.behaviors = behaviors
  }

  /// Units graded so far.
  public var done: Int { behaviors.reduce(0) { $0 + $1.trials } }

  /// Units that will be graded.
  public var total: Int { behaviors.reduce(0) { $0 + $1.total } }

  public subscript(behavior name: String) -> BehaviorSoFar? {
    behaviors.first { $0.behavior == name }
  }
}

/// The grades of one behavior so far.
public struct BehaviorSoFar: Sendable, Hashable, Codable {
  public var behavior: String
  public var passes: Int
  /// Units graded so far.
  public var trials: Int
  /// Units that there are.
  public var total: Int
  /// The pass rate that is wanted.
  public var target: Double
  /// The two-sided error bar to show (Wilson); 0...1 before the first reply.
  public var errorBar: Interval

  /// - Parameter confidence: Of the error bar.
  public init(
    behavior: String, passes: Int, trials: Int, total: Int, target: Double, confidence: Double
  ) {
    self.behavior = behavior
    self.passes = passes
    self.trials = trials
    self.total = total
    self.target = target
    errorBar = .wilson(successes: passes, trials: trials, alpha: 1 - confidence)
  }
}
