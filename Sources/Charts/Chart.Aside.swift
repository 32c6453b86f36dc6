extension Chart {
  /// How far dots of several series at the same x stand aside of it, so that all error bars are
  /// seen.
  struct Aside {
    private var offsets: [Int: Double] = [:]
    /// Of the ends of error bars.
    private(set) var capWidth = 14.0

    init(_ series: [Series], in layout: Layout) {
      let dotted = series.indices.filter { index in
        [.dots, .linkedDots].contains(series[index].mark)
          && series[index].points.contains { $0.isFinite && $0.error != nil }
      }
      let places = dotted.map { index in
        Set(series[index].points.filter(\.isFinite).map { layout.x.position($0.x) })
      }
      let all = places.reduce(into: Set<Double>()) { $0.formUnion($1) }.sorted()
      guard let first = all.first, let last = all.last,
        places.reduce(0, { $0 + $1.count }) > all.count
      else { return }
      let gap = zip(all, all.dropFirst()).map { $1 - $0 }.min() ?? .infinity
      let edge = min(first - layout.left, layout.right - last)
      // Neither as far as the next x nor, but for a little, out of the plot.
      let most = min(gap * 0.4, max(edge, 8))
      let half = Double(dotted.count - 1) / 2
      let step = min(12, most / half)
      capWidth = min(14, max(4, step * 0.9))
      for (turn, index) in dotted.enumerated() {
        offsets[index] = (Double(turn) - half) * step
      }
    }

    func offset(of series: Int) -> Double { offsets[series] ?? 0 }
  }
}
