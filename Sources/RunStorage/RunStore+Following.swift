import GRDB
public import Tuning

extension RunStore {
  /// How far a run is, without what happened in it.
  public struct Standing: Sendable, Hashable {
    /// Counted from 1.
    public var number: Int
    /// False where it was interrupted, or is at work.
    public var isClosed: Bool
    /// That of its newest event; 0 before the first.
    public var sequence: Int

    public init(number: Int, isClosed: Bool, sequence: Int) {
      self.number = number
      self.isClosed = isClosed
      self.sequence = sequence
    }
  }

  /// How far all runs are, the oldest first. Reads one key a run, however long the runs are.
  ///
  /// - Throws: `RunError.brokenArchive`.
  public func standings() throws -> [Standing] {
    try Self.guarded(path) {
      try pool.read { database in
        try Row.fetchAll(
          database,
          sql: """
            SELECT number, closed,
              (SELECT coalesce(max(sequence), 0) FROM events WHERE run = number) AS sequence
            FROM runs ORDER BY number
            """
        ).map {
          Standing(number: $0["number"], isClosed: $0["closed"], sequence: $0["sequence"])
        }
      }
    }
  }

  /// The lines of a run's event stream that follow an event, with their places.
  ///
  /// - Parameter sequence: That of the event; 0 gives all lines.
  public func lines(
    of run: Int, after sequence: Int
  ) throws -> [(sequence: Int, line: String)] {
    try Self.guarded(path) {
      try pool.read { database in
        try Row.fetchAll(
          database,
          sql: "SELECT sequence, line FROM events WHERE run = ? AND sequence > ? ORDER BY sequence",
          arguments: [run, sequence]
        ).map { ($0["sequence"], $0["line"]) }
      }
    }
  }

  /// The events of a run that follow one, in order; none for a run that there is not.
  ///
  /// - Parameter sequence: That of the event; 0 gives all.
  public func events(of run: Int, after sequence: Int = 0) throws -> [StampedEvent] {
    let lines = try lines(of: run, after: sequence)
    return try Self.guarded(path) { try lines.map { try StampedEvent(line: $0.line) } }
  }

  /// What the newest run before one measured of a checkpoint on `dev`; nil where none did.
  ///
  /// - Throws: `RunError.brokenArchive`.
  package func measurement(of checkpoint: Checkpoint, before run: Int) throws -> EarlierMeasurement?
  {
    let place = try Self.guarded(path) {
      try pool.read { database in
        try Row.fetchOne(
          database,
          sql: """
            SELECT run, sequence FROM evidence WHERE checkpoint = ? AND run < ? AND role = 'dev'
            ORDER BY run DESC, sequence DESC LIMIT 1
            """,
          arguments: [checkpoint.id, run]
        ).map { (run: $0["run"] as Int, event: $0["sequence"] as Int) }
      }
    }
    guard let place else { return nil }
    let events = try events(of: place.run)
    guard case .started(let header)? = events.first?.event,
      case .measured(let measurement)? = events.first(where: { $0.sequence == place.event })?.event
    else { return nil }
    return EarlierMeasurement(
      run: place.run, event: place.event, suite: header.suite, measurement: measurement)
  }

  /// What the untuned base did on `dev` in the newest earlier run that measured it; nil for a run that
  /// began there itself.
  ///
  /// - Parameter events: Of the run, from the first.
  package func earlierBase(of run: Int, _ events: [StampedEvent]) throws -> EarlierMeasurement? {
    guard case .started(let header)? = events.first?.event, header.base != header.untuned else {
      return nil
    }
    return try measurement(of: header.untuned, before: run)
  }
}
