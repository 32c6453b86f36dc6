import RunStorage
import Tuning

/// What is known of a suite's runs at one moment.
struct Snapshot: Sendable, Hashable {
  var archive: Archive
  /// What the run at work says of itself; nil where none is at work, or it says nothing yet.
  var progress: LiveProgress?
  /// Whether some process has hold of the suite.
  var isHeld: Bool

  enum Archive: Sendable, Hashable {
    /// There is none yet.
    case none
    /// It cannot be read; says why, and what to do.
    case broken(String)
    /// The oldest run first. `generation` counts the files that were opened: a run's number alone
    /// means nothing once the archive was moved away.
    case open([RunStore.Standing], generation: Int)
  }

  /// - Throws: `BrokenArchive`.
  func check() throws {
    if case .broken(let reason) = archive { throw BrokenArchive(description: reason) }
  }

  var standings: [RunStore.Standing] {
    if case .open(let standings, _) = archive { standings } else { [] }
  }

  var generation: Int {
    if case .open(_, let generation) = archive { generation } else { 0 }
  }

  func standing(of run: Int) -> RunStore.Standing? {
    standings.first { $0.number == run }
  }

  /// The run that a process works on; nil where there is none.
  var liveRun: Int? {
    guard isHeld else { return nil }
    let open = standings.filter { !$0.isClosed }
    // A process that says nothing may be `hone test`, or a run in its first moments.
    guard let progress else {
      return standings.last.flatMap { $0.isClosed ? nil : $0.number }
    }
    return open.first { $0.number == progress.run }?.number
  }

  /// Whether pages of both show the same of the runs.
  func hasSameRuns(as other: Snapshot) -> Bool {
    archive == other.archive && liveRun == other.liveRun
  }

  /// Differs between two states of the list of runs, within one process.
  var listMark: String {
    var hasher = Hasher()
    hasher.combine(standings)
    hasher.combine(liveRun)
    return String(UInt(bitPattern: hasher.finalize()), radix: 36)
  }
}

/// An archive that cannot be read, in the words of a run.
struct BrokenArchive: Error, CustomStringConvertible {
  var description: String
}
