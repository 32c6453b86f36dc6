import Charts

/// Charts that tests draw.
enum Examples {
  /// What somebody may have typed who wishes harm.
  static let hostile =
    "<script>alert(\"1\")</script> & ' \u{202E}evil\u{0}\u{1B}[31m\r\n\u{FFFF}\u{E000}\u{2028} 漢字"

  static func percent(_ title: String, _ domain: ClosedRange<Double>) -> Axis {
    Axis(title: title, domain: domain, format: .percent)
  }

  /// A reliability plot.
  static let reliability = Chart(
    title: "Reliability", description: "Stated probabilities beside the share that was right.",
    x: percent("stated", 0...1), y: percent("right", 0...1),
    series: [
      Series("as stated", .boundary, [.init(x: 0, y: 0), .init(x: 1, y: 1)]),
      Series(
        "dev", .dots,
        [
          .init(x: 0.5, y: 0.4, error: 0.3...0.5, label: "20 examples"),
          .init(x: 0.9, y: 0.8, error: 0.7...0.9),
        ]),
    ])

  /// Behaviors over rounds, with error bars.
  static func rounds(_ behaviors: [String], mark: Series.Mark = .linkedDots) -> Chart {
    Chart(
      title: "Rounds", description: "Behaviors, round by round.",
      x: Axis(title: "round", domain: 0...3, format: .whole), y: percent("pass rate", 0...1),
      series: behaviors.enumerated().map { index, name in
        Series(
          name, mark,
          (0...3).map { round in
            let rate = 0.5 + 0.1 * Double(round) + 0.01 * Double(index)
            return .init(x: Double(round), y: rate, error: (rate - 0.1)...(rate + 0.1))
          })
      }, references: [.init(y: 0.9, label: "target"), .init(y: 0.92, label: "hope")])
  }

  /// Every text of a chart is this one.
  static func chart(saying text: String) -> Chart {
    let axis = Axis(title: text, domain: 0...1, ticks: [0, 0.5, 1].map { .init($0, text) })
    let points = [
      Series.Point(x: 0, y: 0.2, error: -1...2, label: text), .init(x: 1, y: 0.8, label: text),
    ]
    return Chart(
      title: text, description: text, x: axis, y: axis,
      series: [
        Series(text, .line, points), Series(text, .steps, points),
        Series(text, .columns(width: 9), points), Series(text, .dots, points),
        Series(text, .linkedDots, points), Series(text, .boundary, points),
      ], references: [.init(y: 0.5, label: text), .init(y: 0.51, label: text)])
  }

  static func heatMap(saying text: String) -> HeatMap {
    HeatMap(
      title: text, description: text, rows: [text, text], columns: [text], rowTitle: text,
      columnTitle: text, cells: [[.init(value: 0.9, label: text, isMarked: true)]])
  }

  /// A confusion matrix with a filled diagonal.
  static func confusion(_ labels: [String]) -> HeatMap {
    HeatMap(
      title: "Replies", description: "What was replied.", rows: labels, columns: labels,
      rowTitle: "expected", columnTitle: "replied",
      cells: labels.indices.map { row in
        labels.indices.map { column in
          row == column ? .init(value: 0.97, label: "97", isMarked: true) : nil
        }
      })
  }

  static func bar(
    _ standing: IntervalBar.Standing = .met, interval: ClosedRange<Double>? = 0.92...0.98,
    description: String = "refill"
  ) -> IntervalBar {
    IntervalBar(
      domain: 0.5...1, interval: interval, point: 0.95, before: 0.6, target: 0.9, hope: 0.97,
      standing: standing, description: description)
  }
}
