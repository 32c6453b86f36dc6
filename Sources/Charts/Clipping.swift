/// The part of a picture in which lines are drawn.
struct Clipping {
  var x: ClosedRange<Double>
  var y: ClosedRange<Double>

  typealias Place = (x: Double, y: Double)

  /// The pieces of a line that lie within. A place that is not finite is a gap.
  func pieces(of places: [Place]) -> [[Place]] {
    var pieces: [[Place]] = []
    for run in places.split(whereSeparator: { !$0.x.isFinite || !$0.y.isFinite }) {
      if let only = run.first, run.count == 1, contains(only) { pieces.append([only]) }
      var goesOn = false
      for (from, to) in zip(run, run.dropFirst()) {
        guard let part = part(of: from, to) else {
          goesOn = false
          continue
        }
        if goesOn {
          pieces[pieces.count - 1].append(part.to)
        } else {
          pieces.append([part.from, part.to])
        }
        goesOn = contains(to)
      }
    }
    return pieces
  }

  func contains(_ place: Place) -> Bool { x.contains(place.x) && y.contains(place.y) }

  /// What of a straight line lies within: Liang and Barsky.
  private func part(of from: Place, _ to: Place) -> (from: Place, to: Place)? {
    let (dx, dy) = (to.x - from.x, to.y - from.y)
    var (first, last) = (0.0, 1.0)
    for (slope, room) in [
      (-dx, from.x - x.lowerBound), (dx, x.upperBound - from.x),
      (-dy, from.y - y.lowerBound), (dy, y.upperBound - from.y),
    ] {
      if slope == 0 {
        if room < 0 { return nil }
      } else if slope < 0 {
        first = max(first, room / slope)
      } else {
        last = min(last, room / slope)
      }
    }
    guard first <= last else { return nil }
    func place(_ share: Double) -> Place { (from.x + share * dx, from.y + share * dy) }
    return (first > 0 ? place(first) : from, last < 1 ? place(last) : to)
  }
}
