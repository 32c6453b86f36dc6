import Charts
import Suites

extension RunReport {
  /// One behavior from where the run began, candidate by candidate; nil without one.
  func roundsFigure(of row: BehaviorRow, name: String) -> Figure? {
    let tried = rounds.compactMap { round in
      round.behaviors.first { $0.behavior == row.behavior && $0.trials > 0 }.map { (round, $0) }
    }
    guard let last = tried.last?.0.round else { return nil }
    func points(_ decision: (RoundRow.Result) -> Bool) -> [Series.Point] {
      tried.filter { decision($0.0.decision) }.map { round, rate in
        Series.Point(
          x: Double(round.round), y: Double(rate.passes) / Double(rate.trials),
          error: rate.lower...rate.upper, label: "\(rate.passes) of \(rate.trials)")
      }
    }
    var series: [Series] = []
    if let rate = row.startRate, let lower = row.startLower, let upper = row.startUpper {
      series.append(Series("start", .dots, [Series.Point(x: 0, y: rate, error: lower...upper)]))
    }
    let (accepted, others) = (points { $0 == .accepted }, points { $0 != .accepted })
    if !accepted.isEmpty { series.append(Series("accepted", .dots, accepted)) }
    if !others.isEmpty { series.append(Series("not accepted", .dots, others)) }
    let lowest = series.flatMap(\.points).compactMap(\.error?.lowerBound).min() ?? 0
    let floor = max(0, (min(lowest, row.target) * 10 - 0.2).rounded(.down) / 10)
    let y = floor...1
    return Figure(
      name: name,
      picture: .chart(
        Chart(
          title: "Pass rate on dev by round",
          description: "The pass rate at the start and of each candidate, with error bars "
            + "(\(Format.percent(run.confidence))): \(Format.percent(row.rate ?? 0)) at the champion.",
          x: Self.roundAxis(last: last, margin: 0.4),
          y: Axis(
            title: "pass rate", domain: y,
            ticks: Axis.ticks(over: y, atMost: 6).map { Axis.Tick($0, Axis.percent($0)) }),
          series: series,
          references: [
            Chart.Reference(y: row.target, label: "target"),
            Chart.Reference(y: row.hope, label: "hope"),
          ])))
  }
}
