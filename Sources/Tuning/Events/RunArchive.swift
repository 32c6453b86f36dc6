/// Where runs are recorded: every event is on disk before anything is done about it.
public protocol RunArchive: Sendable {
  /// Goes on with the newest run of this key that was left unfinished, or begins a new one.
  ///
  /// - Parameters:
  ///   - key: Names a run by all that decides its course.
  ///   - canResume: Whether the run with these events can be gone on with; if not it stays as it
  ///     is, and a new one begins.
  /// - Throws: `RunError` where the archive cannot be read or written.
  func record(key: String, canResume: ([StampedEvent]) throws -> Bool) throws -> any RunRecord

  /// The newest run of this key that was left unfinished, if there is one.
  ///
  /// - Throws: `RunError` where the archive cannot be read.
  func unfinished(key: String) throws -> (number: Int, events: [StampedEvent])?
}

/// One run in an archive.
public protocol RunRecord: Sendable {
  /// Counted from 1 within the suite.
  var number: Int { get }
  /// What was recorded before it was opened, in order.
  var events: [StampedEvent] { get }

  /// Keeps an event and returns once it is on disk. A verdict and the grades that it rests on are
  /// kept together or not at all.
  ///
  /// - Throws: `RunError.cannotWrite`; what was on disk is untouched.
  func append(_ event: StampedEvent, sealed: [SealedGrade]) throws

  /// The grades that were kept with the verdict of an attempt of this run.
  func sealedGrades(ofAttempt number: Int) throws -> [SealedGrade]

  /// Marks the run as over: all that follows from its last event is done.
  func close() throws
}

/// What an attempt saw of one sealed example. Kept to re-check a verdict by, and never shown.
public struct SealedGrade: Sendable, Hashable {
  public var behavior: String
  public var example: String
  public var passed: Bool
  /// How much likelier the reply was than the next; nil where the model does not say.
  public var margin: Double?

  public init(behavior: String, example: String, passed: Bool, margin: Double? = nil) {
    self.behavior = behavior
    self.example = example
    self.passed = passed
    self.margin = margin
  }
}
