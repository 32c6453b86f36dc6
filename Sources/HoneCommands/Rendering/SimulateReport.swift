import Reports
import Statistics
import Suites
import Tuning

/// What `hone simulate` says, for people and for programs.
struct SimulateReport: Encodable {
  var runs: Int
  var rounds: Int
  var seed: UInt64
  var confidence: Double
  var redraw: Double
  var correlation: Double
  var sealed: Claims.SealedUse
  var ladder: [Rung]
  var behaviors: [Row]
  var certified: Rate
  var falseCertificates: Rate
  /// α: the most that false certificates may be.
  var promised: Double
  /// α and three standard errors of so many runs.
  var tolerated: Double
  var keepsPromise: Bool
  /// Of first attempts, at the true rates; nil without any.
  var plannedPower: Double?
  var measuredPower: Rate?
  /// Runs by the dearest rung that they came to, where the ladder has several.
  var climbedTo: [String: Int]?
  var attempts: SimulationSummary.Spread
  var roundsUsed: SimulationSummary.Spread
  var sealedModelCalls: SimulationSummary.Spread
  var devModelCalls: SimulationSummary.Spread
  /// Runs certified after so many rounds or fewer, shape [rounds + 1], and falsely so.
  var certifiedByRound: [Int]
  var falseByRound: [Int]

  struct Row: Encodable {
    var behavior: String
    var target: Double
    /// Of the base and each candidate; the last one stays.
    var truth: [Double]
    /// Of candidates on an encoder of an upper rung, where a truth of its own is given.
    var upperTruth: [String: [Double]]?
    var devUnits: Int
    /// nil where the target cannot be shown.
    var power: Double?
    /// Units of the next attempt, and never-exposed ones in all where attempts use them up.
    var sealedUnits: Int
    var freshUnits: Int?
    var level: Double

    var isNeverAbove: Bool { rates.allSatisfy { $0 <= target } }
    var isAlwaysAbove: Bool { rates.allSatisfy { $0 > target } }
    private var rates: [Double] { truth + (upperTruth ?? [:]).values.flatMap { $0 } }

    /// Upper rungs with their rates, the cheap ones first.
    var rungs: [(rung: Rung, rates: [Double])] {
      Rung.allCases.compactMap { rung in upperTruth?[rung.rawValue].map { (rung, $0) } }
    }

    /// At the end of the ladder.
    var last: Double { rungs.last?.rates.last ?? truth.last ?? 0 }
  }

  /// A count of runs with its error bar (Wilson, two-sided 95 %).
  struct Rate: Encodable {
    var count: Int
    var of: Int
    var lower: Double
    var upper: Double

    init(_ count: Int, of all: Int, _ bar: Interval) {
      (self.count, of, lower, upper) = (count, all, bar.lower, bar.upper)
    }

    var share: Double { of == 0 ? 0 : Double(count) / Double(of) }

    func text(of noun: String) -> String {
      "\(count) of \(Format.count(of, noun)), \(Format.percent(share)) "
        + "(95 %: \(Format.percent(lower)) to \(Format.percent(upper)))"
    }
  }

  init(_ study: SimulatedStudy, _ results: [SimulatedRun.Result]) {
    let world = study.world
    let summary = SimulationSummary(results, rounds: study.rounds, confidence: world.confidence)
    (runs, rounds, seed) = (study.runs, study.rounds, study.seed)
    (confidence, redraw, correlation) = (world.confidence, world.redraw, world.correlation)
    ladder = world.ladder
    climbedTo =
      ladder.count == 1
      ? nil
      : Dictionary(
        uniqueKeysWithValues: summary.climbedTo.map { ($0.key.rawValue, $0.value) })
    // As the loop plans them.
    let planned = LoopSettings(
      behaviors: world.behaviors.map(\.requirement), confidence: world.confidence)
    sealed = planned.behaviors.contains { $0.sealed.fresh != nil } ? .fresh : .verdictOnly
    behaviors = zip(planned.behaviors, world.behaviors).map { behavior, simulated in
      let pool = behavior.sealed
      var row = Row(
        behavior: behavior.name, target: behavior.target, truth: simulated.truth.rates,
        upperTruth: simulated.upperTruth.isEmpty
          ? nil
          : Dictionary(
            uniqueKeysWithValues: simulated.upperTruth.map { ($0.key.rawValue, $0.value.rates) }),
        devUnits: behavior.devUnits, sealedUnits: pool.units - pool.missing,
        freshUnits: pool.fresh?.units, level: pool.level)
      row.power = pool.test(target: behavior.target).map { _ in
        pool.power(target: behavior.target, at: row.last)
      }
      return row
    }
    certified = Rate(summary.certified, of: runs, summary.certifiedShare)
    falseCertificates = Rate(summary.falseCertificates, of: runs, summary.falseShare)
    (promised, tolerated) = (summary.promised, summary.tolerated)
    keepsPromise = summary.keepsPromise
    plannedPower = summary.plannedPower
    measuredPower =
      summary.firstAttempts == 0
      ? nil : Rate(summary.firstPasses, of: summary.firstAttempts, summary.measuredPower)
    (attempts, roundsUsed) = (summary.attempts, summary.rounds)
    (sealedModelCalls, devModelCalls) = (summary.sealedCalls, summary.devCalls)
    (certifiedByRound, falseByRound) = (summary.certifiedByRound, summary.falseByRound)
  }
}
