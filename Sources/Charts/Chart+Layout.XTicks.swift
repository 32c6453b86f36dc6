extension Chart.Layout {
  /// The labels below a plot, so that none runs into the next: level where they fit; else fewer,
  /// where they are short; else tilted.
  struct XTicks {
    var ticks: [Axis.Tick]
    /// Whether each has its label.
    var isLabeled: [Bool]
    var isTilted: Bool
    /// Pixels from the axis to the foot of the labels.
    var room: Double
    /// Pixels that labels take at the left of the plot, and at its right.
    var roomAtLeft: Double
    var roomAtRight: Double

    /// - Parameter width: Of the plot, in pixels.
    init(_ ticks: [Axis.Tick], domain: ClosedRange<Double>, width: Double) {
      self.ticks = ticks
      let places = Scale(of: domain, start: 0, end: width)
      let centers = ticks.map { places.position($0.value) }
      let widths = ticks.map { SVG.widthOfText($0.label, size: Chart.Layout.tickSize) }
      let widest = widths.max() ?? 0

      func fit(_ labeled: [Bool]) -> Bool {
        var foot = -Double.infinity
        for index in ticks.indices where labeled[index] {
          if centers[index] - widths[index] / 2 < foot { return false }
          foot = centers[index] + widths[index] / 2 + 4
        }
        return true
      }
      func thinned(_ isEnough: ([Bool]) -> Bool) -> [Bool] {
        for step in 1...max(1, ticks.count) {
          let labeled = ticks.indices.map { $0 % step == 0 }
          if isEnough(labeled) { return labeled }
        }
        return ticks.map { _ in false }
      }

      let all = ticks.map { _ in true }
      isTilted = !fit(all) && widest > 44
      if isTilted {
        isLabeled = thinned { labeled in
          let shown = ticks.indices.filter { labeled[$0] }.map { centers[$0] }
          return zip(shown, shown.dropFirst()).allSatisfy { ($1 - $0).magnitude >= 16 }
        }
        room = 12 + 0.643 * widest + 8
        roomAtLeft = 8 + (zip(widths, centers).map { 0.766 * $0 - $1 }.max() ?? 0)
        roomAtRight = 0
      } else {
        isLabeled = thinned(fit)
        room = 20
        roomAtLeft = 4 + (zip(widths, centers).map { $0 / 2 - $1 }.max() ?? 0)
        roomAtRight = zip(widths, centers).map { $0 / 2 - (width - $1) }.max() ?? 0
      }
    }
  }
}
