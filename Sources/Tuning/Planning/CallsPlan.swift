/// Model calls of one run, and the time that an embedded model takes for them.
///
/// A round grades all `dev` units, an attempt all sealed ones whatever the first show. The base is
/// graded before the first round.
public struct CallsPlan: Sendable, Hashable, Codable {
  /// Rounds at most.
  public var rounds: Int
  /// Units of `dev`, added up over behaviors: calls of one round.
  public var devUnits: Int
  /// Sealed units that are there, added up over behaviors: calls of one attempt.
  public var sealedUnits: Int
  /// Every round taken and a champion attempted after each, the base included.
  public var worst: Calls
  /// If every candidate is at its hope and is attempted: rounds until the first attempt passes,
  /// attempts taken as independent. Nil where some target cannot be shown.
  public var expected: Calls?
  /// Different texts of the suite: each is embedded once and kept.
  public var textsToEmbed: Int
  /// The rate that the time rests on: an assumption, not a measurement.
  public var textsPerSecond: Double
  public var embeddingSeconds: Double

  public struct Calls: Sendable, Hashable, Codable {
    public var rounds: Double
    public var attempts: Double
    public var calls: Double
  }

  /// Texts per second taken for granted where nobody gives a rate: what a core or two embed.
  public static let assumedTextsPerSecond = 300.0

  /// - Parameters:
  ///   - jointPower: Of attempt k from the next on, k counted from 0.
  ///   - isFeasible: Whether every target can be shown.
  init(
    rounds: Int, devUnits: Int, sealedUnits: Int, texts: Int, textsPerSecond: Double,
    isFeasible: Bool, jointPower: (_ ahead: Int) -> Double
  ) {
    self.rounds = rounds
    self.devUnits = devUnits
    self.sealedUnits = sealedUnits
    textsToEmbed = texts
    self.textsPerSecond = textsPerSecond
    embeddingSeconds = Double(texts) / textsPerSecond
    func calls(rounds: Double, attempts: Double) -> Calls {
      Calls(
        rounds: rounds, attempts: attempts,
        calls: (1 + rounds) * Double(devUnits) + attempts * Double(sealedUnits))
    }
    worst = calls(rounds: Double(rounds), attempts: Double(rounds) + 1)
    guard isFeasible else { return }
    var (attempts, stillFailing) = (0.0, 1.0)
    for ahead in 0..<rounds {
      attempts += stillFailing
      stillFailing *= 1 - jointPower(ahead)
    }
    expected = calls(rounds: attempts, attempts: attempts)
  }
}
