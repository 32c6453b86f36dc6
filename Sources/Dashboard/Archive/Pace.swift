package import RunStorage

/// Holds back what follows too fast. Pure.
///
/// A page is folded, drawn and compressed anew for what is new in its run, so a run that writes many
/// events a second would have as many pages made. Of what happens within a pause all but the first is
/// shown together when it is over. That a run is closed is shown at once.
package struct Pace: Sendable {
  private var shown: [Int: (standing: RunStore.Standing, at: ContinuousClock.Instant)] = [:]
  private let pause: Duration

  package init(pause: Duration) {
    self.pause = pause
  }

  /// What is shown of the runs.
  package mutating func shown(
    of standings: [RunStore.Standing], at now: ContinuousClock.Instant
  ) -> [RunStore.Standing] {
    standings.map { standing in
      guard let last = shown[standing.number] else {
        shown[standing.number] = (standing, now)
        return standing
      }
      if last.standing == standing { return standing }
      if last.standing.isClosed == standing.isClosed, now - last.at < pause {
        return last.standing
      }
      shown[standing.number] = (standing, now)
      return standing
    }
  }
}
