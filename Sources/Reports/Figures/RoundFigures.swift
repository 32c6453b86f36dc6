import Charts
import Suites

extension RunReport {
  /// The chance of certifying and the pass rates, round by round.
  var roundFigures: [Figure] {
    let decided = rounds.filter { $0.chanceAfter != nil }
    guard let first = decided.first, let start = first.chanceBefore else { return [] }
    return [chanceFigure(decided, start: start), ratesFigure(decided)].compactMap { $0 }
  }

  private func chanceFigure(_ decided: [RoundRow], start: Double) -> Figure {
    var champion = [Series.Point(x: 0, y: start)]
    for round in decided {
      let chance =
        round.decision == .accepted ? round.chanceAfter ?? 0 : champion[champion.count - 1].y
      champion.append(Series.Point(x: Double(round.round), y: chance))
    }
    func candidates(_ decision: RoundRow.Result) -> [Series.Point] {
      decided.filter { $0.decision == decision }.map {
        Series.Point(x: Double($0.round), y: $0.chanceAfter ?? 0)
      }
    }
    var series = [Series("champion", .steps, champion)]
    let (accepted, rejected) = (candidates(.accepted), candidates(.rejected))
    if !accepted.isEmpty { series.append(Series("accepted", .dots, accepted)) }
    if !rejected.isEmpty { series.append(Series("rejected", .dots, rejected)) }
    let last = champion[champion.count - 1].y
    return Figure(
      name: "chance",
      picture: .chart(
        Chart(
          title: "Chance of certifying",
          description: "The joint chance that the next attempt certifies, from dev: "
            + "\(Format.chance(start)) at the start, \(Format.chance(last)) after round "
            + "\(decided.last?.round ?? 0).",
          x: Self.roundAxis(last: decided.last?.round ?? 1),
          y: Axis(title: "joint chance", domain: 0...1, step: 0.25, label: Axis.percent),
          series: series)))
  }

  /// - Parameter margin: Room on both sides, in rounds: for error bars at the ends.
  static func roundAxis(last: Int, margin: Double = 0) -> Axis {
    let domain = -margin...Double(max(1, last)) + margin
    let ticks = Axis.ticks(over: domain, atMost: 8).filter { $0 == $0.rounded() }
    return Axis(
      title: "round (0 is the start)", domain: domain,
      ticks: ticks.map { Axis.Tick($0, Axis.whole($0)) })
  }

  /// The pass rate of every candidate on every behavior: a row each, those that were rejected too.
  private func ratesFigure(_ decided: [RoundRow]) -> Figure? {
    let rows = Array(behaviors.prefix(Self.mostRates))
    guard !rows.isEmpty else { return nil }
    let which =
      rows.count < behaviors.count ? "the \(rows.count) likeliest to fail" : "each behavior"
    let columns = ["start"] + decided.map { "\($0.round)" }
    let cells = rows.map { row -> [HeatMap.Cell?] in
      [row.startRate.map { cell($0, of: row) }]
        + decided.map { round in
          round.behaviors.first { $0.behavior == row.behavior }.flatMap {
            $0.trials == 0 ? nil : cell(Double($0.passes) / Double($0.trials), of: row)
          }
        }
    }
    return Figure(
      name: "rates",
      picture: .heatMap(
        HeatMap(
          title: rows.count < behaviors.count
            ? "Pass rates on dev by round, the likeliest to fail" : "Pass rates on dev by round",
          description: "The pass rate of \(which) at the start and of each round's candidate; "
            + "those at or above the target are outlined.",
          rows: rows.map { $0.behavior.shown() }, columns: columns, rowTitle: "behavior",
          columnTitle: "round",
          cells: cells)))
  }

  /// Behaviors beyond this make a picture that nobody reads.
  private static let mostRates = 24

  /// Darker where less is missing: what fails counts, not what passes.
  private func cell(_ rate: Double, of row: BehaviorRow) -> HeatMap.Cell {
    HeatMap.Cell(
      value: max(0, min(1, 2 * rate - 1)), label: Self.percentage(rate),
      isMarked: rate >= row.target)
  }

  /// A whole percentage that is neither 0 nor 100 by rounding.
  static func percentage(_ rate: Double) -> String {
    let whole = Int((rate * 100).rounded())
    if rate < 1, whole == 100 { return "99" }
    if rate > 0, whole == 0 { return "1" }
    return "\(whole)"
  }
}
