import Dashboard
import RunStorage
import Testing

@Suite("How fast what is new is shown")
struct PaceTests {
  private let start = ContinuousClock.now

  private func run(_ number: Int, _ sequence: Int, closed: Bool = false) -> RunStore.Standing {
    RunStore.Standing(number: number, isClosed: closed, sequence: sequence)
  }

  @Test("What follows within a pause is held back, and shown when it is over")
  func burst() {
    var pace = Pace(pause: .seconds(1))
    func shown(_ sequence: Int, at milliseconds: Int) -> Int {
      pace.shown(of: [run(1, sequence)], at: start + .milliseconds(milliseconds))[0].sequence
    }
    // Ten events a second for ten seconds are ten pages and the first.
    let sequences = (0...100).map { shown($0, at: 100 * $0) }
    #expect(sequences == (0...100).map { $0 / 10 * 10 })
    // What is held back is not lost where nothing follows.
    #expect(shown(101, at: 10_100) == 100)
    #expect(shown(101, at: 10_999) == 100)
    #expect(shown(101, at: 11_000) == 101)
    // After a silence what is new is shown at once.
    #expect(shown(102, at: 12_000) == 102)
  }

  @Test("The end of a run is shown at once, and whole")
  func end() {
    var pace = Pace(pause: .seconds(1))
    _ = pace.shown(of: [run(1, 1)], at: start)
    #expect(pace.shown(of: [run(1, 2)], at: start + .milliseconds(1)) == [run(1, 1)])
    let end = run(1, 3, closed: true)
    #expect(pace.shown(of: [end], at: start + .milliseconds(2)) == [end])
  }

  @Test("Runs do not wait for one another, and a new one is shown at once")
  func independent() {
    var pace = Pace(pause: .seconds(1))
    _ = pace.shown(of: [run(1, 1)], at: start)
    _ = pace.shown(of: [run(1, 1), run(2, 1)], at: start + .milliseconds(900))
    let later = pace.shown(of: [run(1, 2), run(2, 2)], at: start + .milliseconds(1_000))
    #expect(later == [run(1, 2), run(2, 1)])
  }
}
