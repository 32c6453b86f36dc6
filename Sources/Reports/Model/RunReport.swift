public import Suites
public import Tuning

/// A run as everybody is shown it: folded from its events, with the texts of the suite beside them.
///
/// Every way of showing a run starts from this value: the page, Markdown, JUnit and JSON alike.
public struct RunReport: Sendable {
  /// Its number in the archive.
  public let number: Int
  /// False where it was interrupted, or is at work.
  public let isClosed: Bool
  public let summary: RunSummary
  /// The suite as it stands now; nil where it cannot be read.
  public let suite: DealtSuite?

  /// - Parameters:
  ///   - events: Of the run, in order.
  ///   - lock: `hone.lock` as it stands, for ledger and baseline.
  ///   - certificate: That of the suite; taken where it is of this run's champion.
  public init(
    number: Int, isClosed: Bool, events: [StampedEvent], suite: DealtSuite?, lock: SuiteLock?,
    certificate: Certificate?
  ) {
    self.number = number
    self.isClosed = isClosed
    summary = RunSummary(events)
    self.suite = suite
  }
}
