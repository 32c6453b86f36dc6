/// A trainer whose checkpoints answer as a script says: for tests of everything around a model.
///
/// The base is version 0; each round makes the version of its number. The same script gives the
/// same checkpoints and the same replies.
public struct ScriptedTrainer: Trainer {
  public let identity: ModelIdentity
  public let engine = "scripted"
  /// The label that a version gives to a text; nil is a reply that could not be had.
  private let answer: @Sendable (_ version: Int, _ text: String) -> String?

  public init(
    name: String = "scripted",
    answer: @escaping @Sendable (_ version: Int, _ text: String) -> String?
  ) {
    identity = ModelIdentity(name)
    self.answer = answer
  }

  public func prepare(for prompts: [Prompt]) async throws {}

  public func base() async throws -> Checkpoint {
    Checkpoint(id: "version-0", rung: nil)
  }

  public func tune(
    _ champion: Checkpoint, plan: TuningPlan, examples: [TrainingExample]
  ) async throws -> TunedCheckpoint {
    TunedCheckpoint(
      checkpoint: Checkpoint(id: "version-\(plan.round)", rung: plan.rung), l2: plan.l2 ?? 1e-3,
      trainingLoss: 0, iterations: 1)
  }

  public func model(at checkpoint: Checkpoint) async throws -> any Model {
    let version = Int(checkpoint.id.dropFirst("version-".count)) ?? 0
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
