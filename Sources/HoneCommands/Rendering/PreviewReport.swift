import Reports
import Statistics
import Suites
import Tuning

/// What `hone train --dry-run` says.
struct PreviewReport: Encodable {
  /// The checkpoint that the run would begin at.
  var start: String
  var startsAtBase: Bool
  var note: String?
  /// The number of the interrupted run that would be gone on with.
  var unfinishedRun: Int?
  /// Candidates that it had proposed.
  var roundsDone: Int?
  var ladder: [Rung]
  var rounds: Int
  var seconds: Double?
  var behaviors: [Row]

  /// One behavior.
  struct Row: Encodable {
    var behavior: String
    var target: Double
    /// `certified`, `to be shown`, or `guard`.
    var state: String
    var trainUnits: Int
    /// Of the first candidate's loss, a fraction.
    var share: Double
    var devUnits: Int
    var sealedUnits: Int
    /// What the next attempt would be made at, and which one on the pool it would be.
    var level: Double
    var attempt: Int
    /// Failures with which it would still pass; nil where no attempt can.
    var maximumFailures: Int?
  }

  init(_ preview: RunPreview, suite: Suite) {
    start = preview.start.checkpoint.id
    startsAtBase = preview.start.isBase
    note = preview.start.note
    unfinishedRun = preview.unfinished?.run
    roundsDone = preview.unfinished?.rounds
    ladder = preview.settings.ladder
    rounds = preview.settings.rounds
    seconds = preview.time.map { $0 / .seconds(1) }
    behaviors = preview.settings.behaviors.map { behavior in
      Row(
        behavior: behavior.name, target: behavior.target,
        state: behavior.isCertified ? "certified" : behavior.isGuard ? "guard" : "to be shown",
        trainUnits: behavior.isGuard ? 0 : behavior.trainUnits,
        share: preview.mixture.parts.first { $0.behavior == behavior.name }?.share ?? 0,
        devUnits: behavior.devUnits, sealedUnits: behavior.sealed.units,
        level: behavior.sealed.level, attempt: behavior.sealed.spent + 1,
        maximumFailures: behavior.sealed.test(target: behavior.target)?.maximumFailures)
    }
  }

  func lines(_ terminal: Terminal) -> [String] {
    var table = TextTable(
      header: ["behavior", "target", "state", "train", "share", "dev", "sealed", "attempt at"],
      alignments: [.left, .right, .left, .right, .right, .right, .right, .right])
    for row in behaviors {
      table.add([
        row.behavior.harmless, Format.target(row.target), row.state, "\(row.trainUnits)",
        Format.percent(row.share), "\(row.devUnits)", "\(row.sealedUnits)",
        row.maximumFailures == nil ? "cannot pass" : Format.level(row.level),
      ])
    }
    let open = behaviors.count { $0.state != "certified" }
    var lines = table.lines()
    lines[0] = terminal.styled(lines[0], .bold)
    lines.append("")
    let begins =
      unfinishedRun.map {
        "Would go on with run \($0), which was interrupted "
          + (roundsDone == 0 ? "before its first round" : "in round \(roundsDone ?? 0)")
          + " and began at"
      } ?? "Would begin at"
    lines.append(
      "\(begins) \(startsAtBase ? "the base" : "checkpoint") \(start): "
        + (open == 0
          ? "all behaviors are certified there."
          : "\(Format.count(open, "behavior")) to be shown, \(behaviors.count - open) guarded."))
    if let note { lines.append("note: \(note.harmless)") }
    lines.append(
      "Up to \(Format.count(rounds, "round")) on \(ladder.map(\.rawValue).joined(separator: ", "))"
        + (seconds.map { ", in \(Format.seconds($0)) at most" } ?? "")
        + ". Nothing was written.")
    return lines
  }
}
