public import Foundation
public import Suites
import Tuning

/// Which run it is, and what it rests on.
public struct RunFacts: Sendable, Encodable {
  public var number: Int
  /// The name of the suite's folder.
  public var suite: String
  public var began: Date?
  public var lastEvent: Date?
  public var state: State
  /// What the examples stand for, in the words of the suite.
  public var population: String?
  /// What narrows that down.
  public var caveats: [String]
  /// SHA-256 of what the suite required when the run began.
  public var suiteHash: String
  /// Whether the suite still requires the same; nil where it cannot be read.
  public var suiteIsUnchanged: Bool?
  public var model: String
  /// Where it began.
  public var start: String
  /// The base model before any tuning.
  public var base: String
  public var champion: String?
  public var seed: UInt64
  public var confidence: Double
  public var ladder: [Rung]
  public var roundsAtMost: Int
  public var rowsSetAside: Int
  public var rowsRepeated: Int
  public var notes: [String]
  /// The version of Hone that writes this.
  public var version: String
  /// The one that began the run; nil where its events do not say.
  public var ranBy: String?

  public enum State: String, Sendable, Encodable {
    case closed
    /// A process works on it.
    case atWork
    /// Nobody does, and it has not ended.
    case interrupted
  }

  init(
    number: Int, isClosed: Bool, events: [StampedEvent], fold: RunFold, _ context: RunReport.Context
  ) {
    let header = fold.summary.header
    let suite = context.suite?.suite
    self.number = number
    self.suite = context.folder.standardizedFileURL.lastPathComponent
    began = events.first?.time
    lastEvent = events.last?.time
    state = isClosed ? .closed : context.isAtWork ? .atWork : .interrupted
    suiteHash = header?.suite ?? ""
    suiteIsUnchanged = suite.map { $0.contentHash == header?.suite }
    population = suite?.population
    caveats = suite?.oneGenerator.map(\.message) ?? []
    model = header?.model.hash ?? ""
    start = header?.base.id ?? ""
    base = header?.untuned.id ?? ""
    champion = fold.champion?.measurement.checkpoint.id
    seed = header?.seed ?? 0
    confidence = header?.settings.confidence ?? 0.95
    ladder = header?.settings.ladder ?? []
    roundsAtMost = header?.settings.rounds ?? 0
    rowsSetAside = header?.setAsideRows ?? 0
    rowsRepeated = header?.repeatedRows ?? 0
    notes = header?.notes ?? []
    version = HoneVersion.current
    ranBy = header?.version
  }

  /// From the first event to the last.
  var duration: TimeInterval? {
    guard let began, let lastEvent else { return nil }
    return lastEvent.timeIntervalSince(began)
  }
}

/// What a certificate says.
public struct ClaimFacts: Sendable, Encodable {
  public var claim: String
  public var issued: Date
  public var confidence: Double
  public var attempt: Int

  /// Nil where the certificate is not of this run's champion.
  init?(_ certificate: Certificate, of fold: RunFold) {
    guard case .satisfied(let champion)? = fold.summary.outcome,
      certificate.model.checkpoint == champion.id
    else { return nil }
    claim = certificate.claim
    issued = certificate.issued
    confidence = certificate.confidence
    attempt = certificate.attempt
  }
}

/// One event in short.
public struct EventRow: Sendable, Encodable {
  public var sequence: Int
  public var time: Date
  public var kind: String

  init(_ stamped: StampedEvent) {
    sequence = stamped.sequence
    time = stamped.time
    kind = stamped.event.kind
  }
}
