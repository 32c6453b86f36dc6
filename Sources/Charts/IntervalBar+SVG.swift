extension IntervalBar {
  private static let width = 260
  private static let height = 26
  private static let middle = 13.0

  private static func scale(of domain: ClosedRange<Double>) -> Scale {
    Scale(of: domain, start: 18, end: 240)
  }

  /// The picture, 260 by 26, without a text in it.
  public func svg(_ theme: Theme = .page) -> String {
    let scale = Self.scale(of: domain)
    let middle = Self.middle
    var drawing = SVG(
      width: Self.width, height: Self.height, theme: theme, name: .label(description))
    drawing.line(scale.start, middle, scale.end, middle, color: .grid, width: 1)
    if let interval {
      let (low, high) = (
        scale.position(interval.lowerBound), scale.position(interval.upperBound)
      )
      drawing.line(low, middle, high, middle, color: standing.color, width: 3)
      for (end, value) in [(low, interval.lowerBound), (high, interval.upperBound)]
      where scale.domain.contains(value) {
        drawing.line(end, middle - 5, end, middle + 5, color: standing.color, width: 2)
      }
    }
    if let hope, hope.isFinite {
      let place = scale.position(hope)
      drawing.line(place, 3, place, 23, color: .muted, width: 1.4, dashes: "2 3")
    }
    if target.isFinite {
      let place = scale.position(target)
      drawing.line(place, 1, place, 25, color: .ink, width: 2)
    }
    if let before, before.isFinite {
      drawing.dot(
        x: scale.position(before), y: middle, color: .ground, radius: 4, rim: .muted)
    }
    if let point, point.isFinite {
      drawing.point(standing, x: scale.position(point), y: middle)
    }
    return drawing.text
  }

  /// The axis that stands once above a column of bars: rates as percentages.
  public static func scale(domain: ClosedRange<Double>, theme: Theme = .page) -> String {
    let scale = scale(of: domain)
    let ticks = Axis(title: "", domain: scale.domain, format: .percent, atMost: 6).ticks
    let ends = [ticks.first?.label, ticks.last?.label].compactMap { $0 }
    var drawing = SVG(
      width: width, height: height, theme: theme,
      name: .label("Scale from " + ends.joined(separator: " to ")))
    drawing.line(scale.start, 25, scale.end, 25, color: .muted, width: 1)
    for tick in ticks {
      let place = scale.position(tick.value)
      drawing.line(place, 20, place, 25, color: .muted, width: 1)
      let half = SVG.widthOfText(tick.label, size: 11) / 2
      drawing.text(
        tick.label, x: min(max(place, half), Double(width) - half), y: 14, size: 11,
        anchor: .middle)
    }
    return drawing.text
  }
}

extension IntervalBar.Standing {
  fileprivate var color: Theme.Color {
    switch self {
    case .met: .good
    case .open: .open
    case .missed: .bad
    }
  }
}

extension SVG {
  /// On a rim of the ground's color, to be seen upon the line of the target.
  fileprivate mutating func point(_ standing: IntervalBar.Standing, x: Double, y: Double) {
    switch standing {
    case .met:
      dot(x: x, y: y, color: standing.color, radius: 5.5, rim: .ground)
    case .open:
      polygon(
        x: x, y: y, [(0, -6.5), (6.5, 0), (0, 6.5), (-6.5, 0)], color: standing.color,
        rim: .ground)
    case .missed:
      for (color, width) in [(Theme.Color.ground, 6.0), (standing.color, 3)] {
        line(x - 4.5, y - 4.5, x + 4.5, y + 4.5, color: color, width: width)
        line(x - 4.5, y + 4.5, x + 4.5, y - 4.5, color: color, width: width)
      }
    }
  }
}
