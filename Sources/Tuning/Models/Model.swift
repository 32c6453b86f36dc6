/// Something that answers prompts: the embedded classifier, an endpoint, a simulation.
public protocol Model: Sendable {
  /// The content hash that keys every cache and every claim about this model.
  var identity: ModelIdentity { get }

  /// Answers prompts in order.
  ///
  /// - Returns: One reply per prompt, shape [prompts]. A reply that could not be had is
  ///   `Reply.failure`, never a missing element.
  /// - Throws: `CancellationError`, or an error that concerns all prompts.
  func replies(to prompts: [Prompt]) async throws -> [Reply]
}

/// A model named by what it is made of, e.g. `sha256:53aa…`.
public struct ModelIdentity: Sendable, Hashable, Codable, CustomStringConvertible {
  public var hash: String

  public init(_ hash: String) {
    self.hash = hash
  }

  public var description: String { hash }

  public init(from decoder: any Decoder) throws {
    hash = try decoder.singleValueContainer().decode(String.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hash)
  }
}

/// One input as a model sees it.
public struct Prompt: Sendable, Hashable {
  public var text: String

  public init(_ text: String) {
    self.text = text
  }
}

/// What a model answered to one prompt.
public enum Reply: Sendable, Hashable {
  /// A label with the probability that the model gives it, a fraction in [0, 1], and its margin:
  /// how much less the runner-up has. Nil where the model does not say, or has one label only.
  case label(String, probability: Double, margin: Double? = nil)
  /// No usable answer; graded as a failure, never dropped.
  case failure(reason: String)

  /// The probability of the label less that of the runner-up; nil where it is not known.
  public var margin: Double? {
    if case .label(_, _, let margin) = self { margin } else { nil }
  }
}
