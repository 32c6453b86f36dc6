import Charts
import Suites

extension RunReport {
  /// Expected against answered.
  ///
  /// - Parameter pair: How a page names an expected and an answered label, where it can show examples of
  ///   the two.
  func confusionFigure(pair: (String, String?) -> String? = { _, _ in nil }) -> Figure? {
    guard let confusion, confusion.labels.count > 1 else { return nil }
    let hasUnusable = confusion.unusable.contains { $0 > 0 }
    let table = zip(confusion.counts, confusion.unusable).map { $0 + (hasUnusable ? [$1] : []) }
    let cells = table.enumerated().map { row, counts in
      let total = counts.reduce(0, +)
      return counts.enumerated().map { column, count -> HeatMap.Cell? in
        guard count > 0 else { return nil }
        let reply = confusion.labels.indices.contains(column) ? confusion.labels[column] : nil
        let name = pair(confusion.labels[row], reply)
        return HeatMap.Cell(
          value: Double(count) / Double(total), label: "\(count)", isMarked: row == column,
          data: name.map { ["examples": "pair", "value": $0] } ?? [:])
      }
    }
    let total = table.joined().reduce(0, +)
    let right = confusion.labels.indices.reduce(0) { $0 + confusion.counts[$1][$1] }
    return Figure(
      name: "confusion",
      picture: .heatMap(
        HeatMap(
          title: "Expected and answered",
          description: "\(right) of \(total) units on dev are answered with the label that they "
            + "expect (outlined); the others lie off the diagonal.",
          rows: confusion.labels.map { $0.shown() },
          columns: confusion.labels.map { $0.shown() } + (hasUnusable ? ["nothing usable"] : []),
          rowTitle: "expected", columnTitle: "answered", cells: cells)))
  }

  /// Whether stated probabilities come true.
  var calibrationFigure: Figure? {
    guard let calibration, !calibration.bins.isEmpty else { return nil }
    let points = calibration.bins.map { bin in
      Series.Point(
        x: bin.meanProbability, y: Double(bin.passes) / Double(bin.count),
        error: bin.lowest...bin.highest)
    }
    let ideal = Series(
      "as sure as it should be", .line, [.init(x: 0, y: 0), .init(x: 1, y: 1)], isDashed: true)
    return Figure(
      name: "calibration",
      picture: .chart(
        Chart(
          title: "Does the model know how sure to be?",
          description: "The share of replies that pass, by the probability that the model gave "
            + "them; on the line it is as sure as it should be. Expected calibration error "
            + "\(Format.percent(calibration.expectedError)).",
          x: Axis(
            title: "probability of its reply", domain: 0...1, step: 0.25, label: Axis.percent),
          y: Axis(title: "share that passes", domain: 0...1, step: 0.25, label: Axis.percent),
          series: [ideal, Series("replies on dev, 95 % error bars", .dots, points)])))
  }

  /// The learning curve of all behaviors together.
  var togetherFigure: Figure? {
    study?.learningCurve.map {
      Self.learningFigure(
        $0, name: "learning", title: "What more train examples would do, all behaviors together")
    }
  }

  static func learningFigure(_ curve: CurveRow, name: String, title: String) -> Figure {
    let points = curve.points.map { Series.Point(x: $0.trainUnits, y: $0.passRate) }
    let largest = curve.points.last?.trainUnits ?? 1
    let doubled = Series.Point(
      x: 2 * largest, y: curve.doubled,
      error: min(curve.doubledLower, curve.doubled)...max(curve.doubledUpper, curve.doubled))
    let needed = curve.outlook?.neededRate
    let rates = points.map(\.y) + [curve.doubledLower, needed ?? 1]
    let lowest = max(0, ((rates.min() ?? 0) * 10 - 0.5).rounded(.down) / 10)
    let x = 0...(2.2 * max(largest, 1))
    return Figure(
      name: name,
      picture: .chart(
        Chart(
          title: title,
          description: "The pass rate on dev after learning from parts of train, and with twice as "
            + "many examples as there are: about \(Format.percent(curve.doubled)), "
            + "\(Format.percent(curve.doubledLower)) to \(Format.percent(curve.doubledUpper)).",
          x: Axis(
            title: "train units", domain: x,
            ticks: Axis.ticks(over: x, atMost: 6).map { Axis.Tick($0, Axis.whole($0)) }),
          y: Axis(title: "pass rate on dev", domain: lowest...1, step: 0.1, label: Axis.percent),
          series: [
            Series("measured", .linkedDots, points),
            Series("", .line, points.suffix(1) + [doubled], isDashed: true, tint: 1),
            Series("with twice as many, the middle 80 %", .dots, [doubled], tint: 1),
          ],
          references: needed.map { [Chart.Reference(y: $0, label: "needed")] } ?? [])))
  }
}
