public import Foundation
public import Suites
public import Tuning

/// A run as everybody is shown it: folded from its events, with the texts of the suite beside them.
///
/// Every way of showing a run starts from this value: the page, Markdown, JUnit and JSON alike. Each
/// figure names the event that it comes from. Nothing sealed is in it but the bit of each attempt.
public struct RunReport: Sendable, Encodable {
  /// Version of the format.
  public let report = 1
  public let run: RunFacts
  public let verdict: RunVerdict
  /// The untuned base, where the run began elsewhere and an earlier one measured it.
  public let base: BaseRow?
  /// The likeliest to fail first.
  public let behaviors: [BehaviorRow]
  public let rounds: [RoundRow]
  public let rungs: [RungRow]
  public let attempts: [AttemptRow]
  /// Levels at which the next attempt would test, the lowest and the highest; nil where none could.
  public let nextLevels: ClosedRange<Double>?
  /// After all runs; empty where the suite cannot be read.
  public let ledger: [LedgerRow]
  /// Expected against answered, on `dev`; nil before anything is measured.
  public let confusion: ConfusionMatrix?
  /// Whether stated probabilities come true on `dev`; nil where the model states none.
  public let calibration: CalibrationRow?
  /// What the champion was asked on `dev`, what fails first: never a sealed example.
  public let examples: [ExampleRow]
  /// What a look at `train` and `dev` with the champion showed after the end.
  public let study: StudyRow?
  public let claim: ClaimFacts?
  /// The event stream in short, in order.
  public let events: [EventRow]

  /// What a report is folded from beside the events.
  public struct Context: Sendable {
    /// The suite as it stands; nil where it cannot be read.
    public var suite: DealtSuite?
    /// The suite's folder.
    public var folder: URL
    /// That of the suite; taken where it is of this run's champion.
    public var certificate: Certificate?
    /// Whether a process works on the run.
    public var isAtWork: Bool
    /// What attempts saw of sealed sets that were revealed since.
    package var revealed: [RevealedEvidence] = []
    /// What an earlier run measured of the untuned base, where this one began elsewhere.
    package var base: EarlierMeasurement?
    /// Of the suite, where somebody has worked it out.
    package var ledger: [LedgerRow]?

    public init(
      suite: DealtSuite?, folder: URL, certificate: Certificate? = nil, isAtWork: Bool = false
    ) {
      self.suite = suite
      self.folder = folder
      self.certificate = certificate
      self.isAtWork = isAtWork
    }
  }

  /// - Parameters:
  ///   - number: Of the run in its archive.
  ///   - isClosed: False where it was interrupted, or is at work.
  ///   - events: Of the run, in order.
  public init(number: Int, isClosed: Bool, events stamped: [StampedEvent], context: Context) {
    let fold = RunFold(stamped)
    let summary = fold.summary
    let suite = context.suite
    let inputs = ExampleTexts(suite)
    let studied = summary.study.map(inputs.shown)
    let diagnosis = Diagnosis(summary, inputs: inputs.texts, study: studied)
    run = RunFacts(number: number, isClosed: isClosed, events: stamped, fold: fold, context)
    verdict = RunVerdict(fold, diagnosis: diagnosis, isClosed: isClosed, context)
    behaviors = BehaviorRow.all(
      fold, diagnosis: diagnosis, texts: inputs, base: context.base, revealed: context.revealed)
    base = context.base.map {
      BaseRow(checkpoint: $0.measurement.checkpoint.id, run: $0.run, event: $0.event)
    }
    rounds = summary.rounds.map { RoundRow($0, fold: fold, texts: inputs) }
    rungs = (diagnosis?.rungs ?? []).map(RungRow.init)
    attempts = AttemptRow.all(fold)
    let levels = (summary.settingsAtEnd?.behaviors ?? []).map(\.sealed.level)
    nextLevels = levels.min().flatMap { least in levels.max().map { least...$0 } }
    ledger = context.ledger ?? suite.map(LedgerRow.all) ?? []
    confusion = fold.champion.map {
      ConfusionMatrix($0.measurement, event: $0.event, texts: inputs)
    }
    calibration = fold.champion.flatMap { CalibrationRow($0) }
    examples = ExampleRow.all(fold, texts: inputs, groups: studied?.groups ?? [])
    study = studied.map { StudyRow($0, event: fold.studied) }
    claim = context.certificate.flatMap { ClaimFacts($0, of: fold) }
    events = stamped.map(EventRow.init)
  }

  /// As one JSON object with sorted keys.
  public func json() throws -> String { try JSONText.text(self) + "\n" }
}
