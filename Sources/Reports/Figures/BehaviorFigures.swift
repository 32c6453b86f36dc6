import Charts
import Suites

extension RunReport {
  /// The pictures of one behavior.
  func figures(of row: BehaviorRow, index: Int) -> [Figure] {
    var figures = [roundsFigure(of: row, name: "rounds-\(index + 1)")].compactMap { $0 }
    if let path = row.path {
      figures.append(
        Self.pathFigure(
          path, target: row.target, hope: row.hope, name: "path-\(index + 1)",
          title: "Evidence unit by unit on dev",
          note: "The champion was chosen on dev, so this shows nothing by itself."))
    }
    figures += row.revealed.compactMap { Self.revealedFigure($0, of: row, index: index) }
    if let curve = row.learningCurve {
      figures.append(
        Self.learningFigure(
          curve, name: "learning-\(index + 1)", title: "What more train examples would do"))
    }
    return figures
  }

  /// Nil where there is no path.
  private static func revealedFigure(
    _ revealed: RevealedRow, of row: BehaviorRow, index: Int
  ) -> Figure? {
    revealed.path.map {
      pathFigure(
        $0, target: row.target, hope: row.hope, name: "revealed-\(index + 1)-\(revealed.attempt)",
        title: "Evidence on the sealed set of attempt \(revealed.attempt), revealed since",
        note: "The attempt counted all of them at once: "
          + "\(Format.count(revealed.failures, "failure")), where at most "
          + "\(max(0, revealed.maximumFailures)) pass. The set is sealed no more, and nothing can be "
          + "certified on it.")
    }
  }

  private static func pathFigure(
    _ path: EvidencePath, target: Double, hope: Double, name: String, title: String, note: String
  ) -> Figure {
    let most = max(path.upper, path.values.max() ?? 0)
    let least = min(path.lower, path.values.min() ?? 0)
    let room = (most - least) * 0.06
    let y = (least - room)...(most + room)
    let x = 0...Double(max(1, path.units.last ?? 1))
    let last = path.values.last ?? 0
    let standing =
      last >= path.upper
      ? "above the upper boundary" : last <= path.lower ? "below the lower one" : "between the two"
    return Figure(
      name: name,
      picture: .chart(
        Chart(
          title: title,
          description: "ln of the likelihood ratio of the hope \(Format.target(hope)) over the "
            + "target \(Format.target(target)): after \(path.units.last ?? 0) units it is "
            + "\(standing). \(note)",
          x: Axis(
            title: "units", domain: x,
            ticks: Axis.ticks(over: x, atMost: 6).map { Axis.Tick($0, Axis.whole($0)) }),
          y: Axis(
            title: "ln of the likelihood ratio", domain: y,
            ticks: Axis.ticks(over: y, atMost: 6).map { Axis.Tick($0, Axis.whole($0)) }
              .filter { $0.value == $0.value.rounded() }),
          series: [
            Series(
              "evidence", .line,
              zip(path.units, path.values).map { Series.Point(x: Double($0), y: $1) })
          ],
          references: [
            Chart.Reference(y: path.upper, label: "more than the target"),
            Chart.Reference(y: path.lower, label: "not worth going on"),
          ])))
  }

  /// What the error bars of the table of behaviors have in common. Where a run began far below is
  /// told in numbers: to draw it would leave no room for what is there now.
  var barDomain: ClosedRange<Double> {
    let now = behaviors.flatMap { $0.trials == 0 ? [$0.target] : [$0.lower, $0.target] }
    let lowest = now.min() ?? 0.5
    let starts = behaviors.compactMap(\.startRate).filter { $0 > lowest - 0.15 }
    return max(0, min(0.9, (min(lowest, starts.min() ?? 1) * 20).rounded(.down) / 20))...1
  }

  /// - Parameter domain: `barDomain`, found once for all rows.
  func bar(of row: BehaviorRow, in domain: ClosedRange<Double>) -> IntervalBar {
    let standing: IntervalBar.Standing =
      switch row.verdict {
      case .certified, .likely: .met
      case .violated, .infeasible: .missed
      case .undecided, .unknown: .open
      }
    var words = "target \(Format.target(row.target)), hope \(Format.target(row.hope))"
    if let rate = row.rate {
      words =
        "\(Format.percent(rate)) on dev, error bar \(Format.percent(row.lower)) to "
        + "\(Format.percent(row.upper)); \(words)"
    }
    if let start = row.startRate { words += "; \(Format.percent(start)) at the start" }
    return IntervalBar(
      domain: domain, interval: row.trials == 0 ? nil : row.lower...row.upper, point: row.rate,
      before: row.startRate.flatMap { domain.contains($0) ? $0 : nil }, target: row.target,
      hope: row.hope, standing: standing,
      description: words)
  }
}
