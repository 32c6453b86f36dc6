public import Suites

/// Makes checkpoints: where a run begins, and what tuning turns it into.
public protocol Trainer: Sendable {
  /// The base model that everything starts from.
  var identity: ModelIdentity { get }
  /// What computes, as far as it decides bits, e.g. `hone 0.1 SkylakeX`.
  var engine: String { get }

  /// Readies what the run will ask for, all roles alike, so that no later step shows by its time
  /// or its calls which examples it looked at.
  func prepare(for prompts: [Prompt]) async throws

  /// The checkpoint before any tuning, which the loop measures first.
  func base() async throws -> Checkpoint

  /// A checkpoint that is kept, by its id; nil where there is none of this base, or not whole.
  func checkpoint(named id: String) throws -> Checkpoint?

  /// Tunes `champion` as `plan` says, on `examples` and nothing else.
  ///
  /// Never changes the champion. The same champion, plan and examples give the same checkpoint.
  /// The rung `head` refits the head on the champion's encoder. `lora` and `full` change the
  /// encoder, from the champion's where that was made by the same rung, else from the base's, and
  /// fit the head anew.
  ///
  /// - Throws: `TuningFailure` where no candidate came of the plan though nothing is wrong with
  ///   machine or files; the run goes on without it. Any other error ends the run.
  func tune(
    _ champion: Checkpoint, plan: TuningPlan, examples: [TrainingExample]
  ) async throws -> TunedCheckpoint

  /// The model that a checkpoint stands for, once all texts that were named to `prepare` are readied
  /// for it.
  func model(at checkpoint: Checkpoint) async throws -> any Model

  /// The same at once: a text costs its time when it is asked for. For what nobody need hide, `dev`.
  func unpreparedModel(at checkpoint: Checkpoint) async throws -> any Model

  /// Puts a certificate beside what it holds for, where the trainer keeps a place for it.
  func attach(_ certificate: Certificate, to checkpoint: Checkpoint) throws

  /// Finds out what a diagnosis needs of `train` and `dev`, in seconds; looks at nothing else.
  ///
  /// - Parameter l2: The strength that the champion's head was fitted with; nil for the base.
  /// - Returns: Nil where the trainer cannot, or there is nothing to learn from.
  func study(
    _ champion: Checkpoint, l2: Double?, suite: DealtSuite
  ) async throws -> StudyMaterial?
}

extension Trainer {
  /// Most trainers have no embeddings to look at.
  public func study(
    _ champion: Checkpoint, l2: Double?, suite: DealtSuite
  ) async throws -> StudyMaterial? {
    nil
  }

  /// Most models have nothing to ready.
  public func unpreparedModel(at checkpoint: Checkpoint) async throws -> any Model {
    try await model(at: checkpoint)
  }

  /// Most trainers keep no certificates: that of the suite is enough.
  public func attach(_ certificate: Certificate, to checkpoint: Checkpoint) throws {}
}

/// A state of the model on disk, named by its content.
public struct Checkpoint: Sendable, Hashable, Codable {
  /// Content hash, 16 hexadecimal digits; the folder's name under `.hone/checkpoints/`.
  public var id: String
  /// The rung of the ladder that made it; nil for the base.
  public var rung: Rung?

  public init(id: String, rung: Rung?) {
    self.id = id
    self.rung = rung
  }
}

/// One example to tune on.
public struct TrainingExample: Sendable, Hashable {
  public var input: String
  public var label: String
  /// Relative weight in the loss, > 0. Rows of one cluster share the weight of one.
  public var weight: Double
  /// The cluster's key; folds of a cross-validation never split a cluster.
  public var cluster: String

  public init(input: String, label: String, weight: Double, cluster: String) {
    self.input = input
    self.label = label
    self.weight = weight
    self.cluster = cluster
  }
}
