/// The model that the suite is about, before any tuning.
public struct ModelSettings: Sendable, Hashable, Codable {
  /// A known name such as `minilm`, or the folder of a Hugging Face model.
  public var base: String
  /// What the model does: `classify` in this version.
  public var task: String

  public init(base: String = "minilm", task: String = "classify") {
    self.base = base
    self.task = task
  }
}
