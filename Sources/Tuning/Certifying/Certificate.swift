public import Foundation
import Suites

/// What a satisfied run issues: the claims, what they rest on, and the hashes to check them by.
///
/// It never says how many sealed examples failed: one bit leaves an attempt.
public struct Certificate: Sendable, Hashable, Codable {
  /// Version of the format.
  public var hone: Int
  /// The promise in words.
  public var claim: String
  public var issued: Date
  /// The confidence of the whole certificate, a fraction.
  public var confidence: Double
  /// What the examples stand for, in the words of the suite.
  public var population: String?
  /// What narrows that down, e.g. that one generator wrote all examples; nil where nothing does.
  public var caveats: [String]?
  public var attempt: Int
  public var behaviors: [Claim]
  public var suite: SuiteFacts
  public var model: ModelFacts
  public var seed: UInt64
  public var version: String

  public struct Claim: Sendable, Hashable, Codable {
    public var behavior: String
    public var requires: String
    /// The pass rate shown, a fraction.
    public var target: Double
    /// n: independent sealed units, the missing ones included.
    public var units: Int
    /// Units of earlier attempts that are gone or changed, counted as failures.
    public var missing: Int
    /// c: the test passes with at most so many failures.
    public var maximumFailures: Int
    /// α_k.
    public var level: Double
    /// k.
    public var attemptOnPool: Int
  }

  public struct SuiteFacts: Sendable, Hashable, Codable {
    public var contentHash: String
    public var rowsSetAside: Int
    public var rowsRepeated: Int
  }

  public struct ModelFacts: Sendable, Hashable, Codable {
    public var base: ModelIdentity
    public var checkpoint: String
    public var engine: String
  }

  /// Reads `certificate.json`; nil where there is none, or none that this version can read.
  public static func read(from file: URL) -> Certificate? {
    guard let data = try? Data(contentsOf: file) else { return nil }
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return try? decoder.decode(Certificate.self, from: data)
  }

  /// Writes the file aside and renames it. A certificate that says the same but for its date
  /// stays as it was issued.
  func write(to file: URL) throws {
    if var old = Certificate.read(from: file) {
      old.issued = issued
      if old == self { return }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    do {
      try (encoder.encode(self) + [UInt8(ascii: "\n")]).write(to: file, options: .atomic)
    } catch {
      throw RunError.cannotWrite(path: file.path, reason: error.localizedDescription)
    }
  }
}

extension Certificate {
  init(attempt: AttemptRecord, suite: Suite, trainer: any Trainer, issued: Date) {
    self.init(
      attempt: attempt, suite: suite,
      model: ModelFacts(
        base: trainer.identity, checkpoint: attempt.checkpoint.id, engine: trainer.engine),
      issued: issued)
  }

  init(attempt: AttemptRecord, suite: Suite, model: ModelFacts, issued: Date) {
    let requirements = Dictionary(
      uniqueKeysWithValues: suite.behaviors.map { ($0.name, $0.requires) })
    self.init(
      claims: attempt.claims.map {
        Claim(
          behavior: $0.behavior, requires: requirements[$0.behavior] ?? "", target: $0.target,
          units: $0.units, missing: $0.missing, maximumFailures: $0.maximumFailures,
          level: $0.level, attemptOnPool: $0.index)
      }, attempt: attempt.number, suite: suite, model: model, issued: issued)
  }

  /// - Parameter attempt: Its number.
  init(claims: [Claim], attempt: Int, suite: Suite, model: ModelFacts, issued: Date) {
    let confidence = suite.claims.confidence
    let caveats = suite.oneGenerator.map(\.message)
    self.init(
      hone: 1, claim: Self.promise(confidence: confidence), issued: issued,
      confidence: confidence, population: suite.population,
      caveats: caveats.isEmpty ? nil : caveats, attempt: attempt,
      behaviors: claims,
      suite: SuiteFacts(
        contentHash: suite.contentHash, rowsSetAside: suite.setAside.count,
        rowsRepeated: suite.rows.repeats),
      model: model, seed: suite.tuning.seed, version: HoneVersion.current)
  }

  private static func promise(confidence: Double) -> String {
    """
    On inputs like those in the suite (rows set aside excluded), this checkpoint passes every \
    behavior at least at its target rate. A procedure that issues such certificates issues a \
    false one with probability at most \(((1 - confidence) * 1000).rounded() / 1000), whatever \
    was tried before.
    """
  }
}
