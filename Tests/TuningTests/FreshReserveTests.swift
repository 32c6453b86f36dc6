import Foundation
import Testing
import Tuning

/// Sealed examples that attempts use up: what the loop plans, asks for, and when it ends.
@Suite("Fresh sealed examples")
struct FreshReserveTests {
  private static let base = Checkpoint(id: "base", rung: nil)

  private static func settings(fresh units: Int, spent: Int = 0) -> LoopSettings {
    LoopSettings(
      behaviors: ["a", "b"].map {
        LoopBehavior(
          name: $0, target: 0.85, hope: 0.95, trainUnits: 100, devUnits: 100,
          sealed: SealedPool(fresh: units, budget: 0.05, spent: spent))
      },
      confidence: 0.95)
  }

  private static func events(of settings: LoopSettings) -> [RunEvent] {
    [
      .started(
        RunHeader(
          suite: "s", model: ModelIdentity("m"), base: base, seed: 1, settings: settings,
          setAsideRows: 0, repeatedRows: 0, notes: [])),
      .measured(measurement(trials: 100)),
    ]
  }

  /// Three failures of each behavior.
  private static func measurement(trials: Int) -> Tuning.Measurement {
    Tuning.Measurement(
      checkpoint: base,
      behaviors: ["a", "b"].map { name in
        BehaviorMeasurement(
          behavior: name, trials: trials,
          failures: (0..<3).map {
            Failure(example: "\($0)", expected: name, reply: "x", probability: 0.5)
          })
      })
  }

  private static let attempt = AttemptRecord(number: 1, checkpoint: base, claims: [])

  @Test("An attempt takes what the plan needs at its level, and later ones more")
  func planned() throws {
    let first = try #require(Self.settings(fresh: 1000).behaviors.first)
    let third = try #require(Self.settings(fresh: 1000, spent: 2).behaviors.first)
    #expect(first.sealed.power(target: 0.85, at: 0.95) >= 0.95)
    #expect(first.sealed.units < third.sealed.units)
    #expect(third.sealed.fresh?.units == 1000)
    #expect(try #require(Self.settings(fresh: 50).behaviors.first).sealed.units == 50)
  }

  @Test("After a failed attempt the champion is measured again, on a dev that has grown")
  func measuredAgain() throws {
    let settings = Self.settings(fresh: 1000)
    var loop = TuningLoop(settings: settings)
    var events = Self.events(of: settings)
    _ = loop.handle(events[0])
    #expect(loop.handle(events[1]) == [.beginAttempt(Self.base)])
    events += [.attemptBegun(Self.attempt), .attemptConcluded(passed: false)]
    #expect(loop.handle(events[2]) == [.concludeAttempt(Self.attempt)])
    #expect(loop.handle(events[3]) == [.measure(Self.base)])
    let taken = try #require(settings.behaviors.first).sealed.units
    events.append(.measured(Self.measurement(trials: 100 + taken)))
    guard case .propose = try #require(loop.handle(events[4]).first) else {
      Issue.record("a round follows")
      return
    }
    let summary = RunSummary(events)
    #expect(summary.base?.behaviors.first?.trials == 100)
    #expect(summary.champion?.behaviors.first?.trials == 100 + taken)
    let left = try #require(summary.settingsAtEnd?.behaviors.first)
    #expect(left.devUnits == 100 + taken)
    #expect(left.sealed.fresh?.units == 1000 - taken)
    #expect(left.sealed.spent == 1)
    #expect(left.sealed.units > taken)
  }

  @Test("A run ends when too few are left for another attempt")
  func spent() throws {
    let taken = try #require(Self.settings(fresh: 1000).behaviors.first).sealed.units
    let settings = Self.settings(fresh: taken + 10)
    var loop = TuningLoop(settings: settings)
    for event in Self.events(of: settings) { _ = loop.handle(event) }
    _ = loop.handle(.attemptBegun(Self.attempt))
    #expect(loop.handle(.attemptConcluded(passed: false)) == [.measure(Self.base)])
    let actions = loop.handle(.measured(Self.measurement(trials: 100 + taken)))
    #expect(
      actions == [
        .finish(.unsatisfied(champion: Self.base, reason: .plateau, violated: []))
      ])
  }

  @Test("A pass leaves the whole budget, where the same examples would leave little")
  func afterPass() throws {
    let settings = Self.settings(fresh: 1000)
    let events =
      Self.events(of: settings) + [.attemptBegun(Self.attempt), .attemptConcluded(passed: true)]
    let left = try #require(RunSummary(events).settingsAtEnd?.behaviors.first).sealed
    #expect(left.budget == 0.05)
    #expect(left.spent == 0)
  }

  @Test("A pool that is used verdict only is written as it always was")
  func encoded() throws {
    let pool = SealedPool(units: 20, budget: 0.05)
    let text = String(decoding: try JSONEncoder().encode(pool), as: UTF8.self)
    #expect(!text.contains("fresh"))
    #expect(try JSONDecoder().decode(SealedPool.self, from: Data(text.utf8)) == pool)
    let fresh = SealedPool(fresh: 20, budget: 0.05)
    let written = try JSONEncoder().encode(fresh)
    #expect(try JSONDecoder().decode(SealedPool.self, from: written) == fresh)
  }
}
