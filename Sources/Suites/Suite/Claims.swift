/// What a certificate shall claim, and how it may be reached.
public struct Claims: Sendable, Hashable, Codable {
  /// Confidence of each certificate, a fraction in [0.5, 0.99999].
  public var confidence: Double
  /// The pass rate to show where a behavior sets none, a fraction in (0, 1).
  public var target: Double
  /// The rate at which it should usually be shown, where the suite sets one; above `target`.
  public var hope: Double?
  public var design: Design
  public var sealed: SealedUse
  /// The number of attempts planned, where the suite sets one.
  public var attempts: Int?

  public init(
    confidence: Double = 0.95, target: Double = 0.9, hope: Double? = nil, design: Design = .auto,
    sealed: SealedUse = .verdictOnly, attempts: Int? = nil
  ) {
    self.confidence = confidence
    self.target = target
    self.hope = hope
    self.design = design
    self.sealed = sealed
    self.attempts = attempts
  }

  /// The test that an attempt makes.
  public enum Design: String, Sendable, Hashable, Codable, CaseIterable {
    case exact
    case sequential
    case auto
  }

  /// What an attempt does with sealed examples.
  public enum SealedUse: String, Sendable, Hashable, Codable, CaseIterable {
    /// The same examples again; one bit leaves each attempt.
    case verdictOnly = "verdict-only"
    /// Never-exposed examples each time; those used move to `dev`.
    case fresh
  }

  /// The hope that goes with a target where nobody set one: a third of the way down from 1.
  public static func defaultHope(target: Double) -> Double {
    1 - (1 - target) / 3
  }
}
