import Foundation
import Reports
import Suites
import Tuning

/// What a search for the breaking round found.
struct BisectReport: Encodable {
  var behavior: String
  /// Whether the ends differ beyond chance.
  var isShown: Bool
  var good: End
  var bad: End
  /// The last champion that held and the first that does not; nil where the ends do not differ.
  var lastGood: End?
  var firstBad: End?
  var units: Int
  var pValue: Double?
  var losses: [Flip]
  var gains: [Flip]
  var steps: [Step]
  /// Replies that models were asked for.
  var calls: Int
  /// Champions between the ends.
  var between: Int

  struct End: Encodable {
    var checkpoint: String
    var run: Int
    var round: Int
    var rung: Rung?
  }

  struct Flip: Encodable {
    var id: String
    var text: String
    var expected: Expectation
    var location: SourceLocation?
  }

  struct Step: Encodable {
    var checkpoint: End
    var losses: Int
    var gains: Int
    var isBroken: Bool
    var isClear: Bool
  }

  init(
    behavior: String, line: [RunHistory.Step], units: Int, finding: Bisection.Finding?,
    level: Double
  ) {
    let ends = line.map {
      End(
        checkpoint: $0.checkpoint.id, run: $0.run, round: $0.round, rung: $0.checkpoint.rung)
    }
    self.behavior = behavior
    self.units = units
    good = ends[0]
    bad = ends[ends.count - 1]
    between = line.count - 2
    isShown = finding.map { $0.pValue <= level } ?? false
    lastGood = finding.map { ends[$0.lastGood] }
    firstBad = finding.map { ends[$0.firstBad] }
    pValue = finding?.pValue
    losses = finding?.losses.map(Flip.init) ?? []
    gains = finding?.gains.map(Flip.init) ?? []
    steps =
      finding?.steps.map {
        Step(
          checkpoint: ends[$0.place], losses: $0.losses, gains: $0.gains, isBroken: $0.isBroken,
          isClear: $0.isClear)
      } ?? []
    calls = finding?.calls ?? 2 * units
  }

  func lines(_ terminal: Terminal) -> [String] {
    let name = behavior.harmless
    guard let firstBad, let lastGood, let pValue else {
      return [
        "\(name): \(Self.name(good)) and \(Self.name(bad)) grade all "
          + "\(Format.count(units, "unit")) of dev and gate alike. Nothing broke between them."
      ]
    }
    var lines = [
      "\(name): \(losses.count) of \(Format.count(units, "unit")) lost and \(gains.count) gained "
        + "from \(Self.name(good)) to \(Self.name(bad)) (exact paired p "
        + "\(Format.level(pValue)))"
    ]
    lines += steps.map { step in
      "  \(Self.name(step.checkpoint)): \(step.isBroken ? "broken" : "holds")"
        + (step.isClear ? "" : ", by its nearness only")
        + " (\(step.losses) of \(losses.count) losses, \(step.gains) of \(gains.count) gains)"
    }
    lines.append("")
    if isShown {
      lines.append(
        terminal.styled("Broke at \(Self.name(firstBad))", .red)
          + ": \(Self.name(lastGood)) is the last that holds.")
    } else {
      lines.append(
        terminal.styled("Not shown to have broken", .yellow)
          + ": chance explains the difference. If it did, it was at \(Self.name(firstBad)).")
    }
    for flip in losses.prefix(6) {
      lines.append(
        "  − \(flip.id) ".appending(flip.text.harmless)
          .truncated(to: max(40, terminal.width)))
    }
    if losses.count > 6 { lines.append("  and \(losses.count - 6) more (all with --json)") }
    lines.append(
      terminal.styled(
        "\(calls) replies for \(Format.count(between, "champion")) between the ends.", .dim))
    return lines
  }

  private static func name(_ end: End) -> String {
    end.checkpoint
      + (end.round == 0 ? " (start of run \(end.run))" : " (run \(end.run), round \(end.round))")
  }
}

extension BisectReport.Flip {
  init(_ example: Example) {
    id = example.id
    text = example.input
    expected = example.expected
    location = example.locations.first
  }
}
