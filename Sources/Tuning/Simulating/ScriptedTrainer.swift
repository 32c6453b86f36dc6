public import Suites

/// A trainer whose checkpoints answer as a script says: for tests of everything around a model.
///
/// The base is version 0; each round makes the version of its number. The same script gives the
/// same checkpoints and the same replies.
public struct ScriptedTrainer: Trainer {
  public let identity: ModelIdentity
  public let engine = "scripted"
  private let failure: @Sendable (TuningPlan) -> TuningFailure?
  private let answer: @Sendable (_ version: Version, _ text: String) -> String?

  /// A checkpoint as a script sees it.
  public struct Version: Sendable, Hashable {
    /// The round that made it; 0 is the base.
    public var number: Int
    /// The rung that made its encoder; nil where it is the base's.
    public var encoder: Rung?

    fileprivate init(number: Int, encoder: Rung?) {
      self.number = number
      self.encoder = encoder
    }

    /// For example `version-3`, `version-4-lora`.
    fileprivate var id: String {
      "version-\(number)" + (encoder.map { "-\($0.rawValue)" } ?? "")
    }

    /// The rung that made it, as far as the id tells.
    fileprivate var rung: Rung? { number == 0 ? nil : encoder ?? .head }

    fileprivate init(_ checkpoint: Checkpoint) {
      let parts = checkpoint.id.split(separator: "-")
      number = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
      encoder = parts.count > 2 ? Rung(rawValue: String(parts[2])) : nil
    }
  }

  /// A script that goes by the number of the version alone.
  ///
  /// - Parameter answer: The label that a version gives to a text; nil is a reply that could not be
  ///   had.
  public init(
    name: String = "scripted",
    answer: @escaping @Sendable (_ version: Int, _ text: String) -> String?
  ) {
    self.init(name: name, failing: { _ in nil }, answering: { answer($0.number, $1) })
  }

  /// A script of a ladder.
  ///
  /// - Parameters:
  ///   - failure: Why nothing comes of a plan, where it shall not.
  ///   - answer: The label that a version gives to a text; nil is a reply that could not be had.
  public init(
    name: String = "scripted",
    failing failure: @escaping @Sendable (TuningPlan) -> TuningFailure?,
    answering answer: @escaping @Sendable (_ version: Version, _ text: String) -> String?
  ) {
    identity = ModelIdentity(name)
    self.failure = failure
    self.answer = answer
  }

  public func prepare(for prompts: [Prompt]) async throws {}

  public func base() async throws -> Checkpoint {
    Checkpoint(id: Version(number: 0, encoder: nil).id, rung: nil)
  }

  public func checkpoint(named id: String) throws -> Checkpoint? {
    let version = Version(Checkpoint(id: id, rung: nil))
    return version.id == id ? Checkpoint(id: id, rung: version.rung) : nil
  }

  public func tune(
    _ champion: Checkpoint, plan: TuningPlan, examples: [TrainingExample]
  ) async throws -> TunedCheckpoint {
    if let failure = failure(plan) { throw failure }
    let version = Version(
      number: plan.round,
      encoder: plan.rung.changesEncoder ? plan.rung : Version(champion).encoder)
    return TunedCheckpoint(
      checkpoint: Checkpoint(id: version.id, rung: plan.rung), l2: plan.l2 ?? 1e-3,
      trainingLoss: 0, iterations: 1)
  }

  public func model(at checkpoint: Checkpoint) async throws -> any Model {
    let version = Version(checkpoint)
    return ScriptedModel(identity: ModelIdentity(checkpoint.id)) { answer(version, $0) }
  }
}

/// A model that answers as a function says.
public struct ScriptedModel: Model {
  public let identity: ModelIdentity
  private let answer: @Sendable (String) -> String?

  /// - Parameter answer: The label for a text; nil is a reply that could not be had.
  public init(identity: ModelIdentity, answer: @escaping @Sendable (String) -> String?) {
    self.identity = identity
    self.answer = answer
  }

  public func replies(to prompts: [Prompt]) async throws -> [Reply] {
    prompts.map { prompt in
      answer(prompt.text).map { .label($0, probability: 1) } ?? .failure(reason: "no answer")
    }
  }
}
