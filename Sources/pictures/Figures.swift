import Charts
import Statistics

/// The pictures by the names of their files.
enum Figures {
  static var all: [(name: String, chart: Chart)] {
    [
      ("means", means), ("power", power), ("gates", gates), ("reuse", reuse),
      ("spending", spending),
    ]
  }

  /// The level of a first attempt at 95 % confidence.
  static let firstLevel = AlphaSpending(alpha: 0.05).level(attempt: 1)

  /// Error bars of one mean from more and more examples.
  static var means: Chart {
    let sizes = [20, 40, 100, 200, 400]
    let bars = sizes.enumerated().map { index, trials in
      let interval = Interval.clopperPearson(
        successes: trials * 95 / 100, trials: trials, alpha: 0.1)
      return Series.Point(
        x: Double(index), y: 0.95, error: interval.lower...interval.upper)
    }
    let shown = zip(sizes, bars).first { ($1.error?.lowerBound ?? 0) > 0.9 }?.0 ?? 0
    return Chart(
      title: "95 % passed. Of how many?",
      description: """
        Exact error bars around an observed pass rate of 95 %, from 20 to 400 examples, beside a \
        target of 90 %. The bar is above the target from \(shown) examples on.
        """,
      x: Axis(
        title: "examples", domain: -0.5...Double(sizes.count) - 0.5,
        ticks: sizes.enumerated().map { Axis.Tick(Double($0), "\($1)") }),
      y: Axis(
        title: "pass rate, 90 % error bar", domain: 0.7...1, step: 0.05, label: Axis.percent),
      series: [Series("pass rate, two-sided 90 % error bar", .dots, bars)],
      references: [Chart.Reference(y: 0.9, label: "target")])
  }

  /// The chance of being shown over the true pass rate.
  static var power: Chart {
    let sizes = [50, 100, 200, 400]
    let series = sizes.map { trials in
      let test = ExactBinomialTest(trials: trials, target: 0.9, alpha: firstLevel)
      return Series(
        "\(trials) units", .line,
        stride(from: 0, through: 100, by: 1).map { thousandths in
          let rate = 0.9 + Double(thousandths) / 1000
          return Series.Point(x: rate, y: test?.power(at: min(1, rate)) ?? 0)
        })
    }
    return Chart(
      title: "The chance of showing a target of 90 %, by sealed units",
      description: """
        The chance that the exact test of a first attempt passes, over the true pass rate from \
        90 % to 100 %, for 50, 100, 200 and 400 sealed units. All start below 5 % at the target \
        and rise, the steeper the more units there are.
        """,
      x: Axis(title: "true pass rate", domain: 0.9...1, step: 0.02, label: Axis.percent),
      y: Axis(title: "chance of a certificate", domain: 0...1, step: 0.2, label: Axis.percent),
      series: series)
  }

  /// What gates on other bounds come to, the worst of all pools of 20 to 400 units.
  static var gates: Chart {
    let methods: [(BinomialIntervalMethod, String)] = [
      (.wald, "mean − 1.64 SE (Wald)"), (.jeffreys, "Jeffreys"), (.wilson, "Wilson"),
      (.clopperPearson, "exact: never above 5 %"),
    ]
    let series = methods.map { method, label in
      Series(
        label, .line,
        (80...99).map { hundredths in
          let target = Double(hundredths) / 100
          return Series.Point(x: target, y: GateSizes.worst(method, target: target))
        })
    }
    let worst = series.map { $0.points.map(\.y).max() ?? 0 }
    return Chart(
      title: "What gates \"at 5 %\" let through at the target itself",
      description: """
        The true size of gates that pass when a lower 95 % bound exceeds the target, the worst \
        over 20 to 400 examples, for targets from 80 % to 99 %. The mean less 1.64 standard errors \
        comes to \(Axis.percent(worst[0])), Jeffreys to \(Axis.percent(worst[1])), Wilson to \
        \(Axis.percent(worst[2])); the exact bound stays within \(Axis.percent(worst[3])).
        """,
      x: Axis(
        title: "target", domain: 0.8...0.99,
        ticks: [0.8, 0.85, 0.9, 0.95, 0.99].map { Axis.Tick($0, Axis.percent($0)) }),
      y: Axis(
        title: "false passes, at worst", domain: 0...0.9,
        ticks: [0, 0.05, 0.2, 0.4, 0.6, 0.8].map { Axis.Tick($0, Axis.percent($0)) }),
      series: series)
  }

  /// False certificates of two loops over their rounds, simulated.
  static var reuse: Chart {
    let loops = GateReuse.simulated(runs: 20_000, rounds: 30)
    func points(_ shares: [Double]) -> [Series.Point] {
      shares.enumerated().map { Series.Point(x: Double($0 + 1), y: $1) }
    }
    return Chart(
      title: "False certificates when every candidate is exactly at its target",
      description: """
        The share of 20,000 simulated runs with a false certificate, over 30 rounds. Choosing \
        candidates by their score on the gate's own examples: \
        \(Axis.percent(loops.chosenOnGate[9])) by round 10, \
        \(Axis.percent(loops.chosenOnGate[29])) by round 30. One verdict per attempt, each paid \
        for: \(Axis.percent(loops.verdictOnly[29])) by round 30.
        """,
      x: Axis(
        title: "rounds", domain: 1...30,
        ticks: [1, 5, 10, 15, 20, 25, 30].map { Axis.Tick($0, Axis.whole($0)) }),
      y: Axis(
        title: "runs with a false certificate", domain: 0...1, step: 0.2, label: Axis.percent),
      series: [
        Series("candidates chosen on the gate", .line, points(loops.chosenOnGate)),
        Series("one bit per attempt, from a budget", .line, points(loops.verdictOnly)),
      ],
      references: [Chart.Reference(y: 0.05, label: "promised: 5 %")])
  }

  /// How the error budget is spent.
  static var spending: Chart {
    let budget = AlphaSpending(alpha: 0.05)
    let levels = (1...12).map { budget.level(attempt: $0) }
    var sum = 0.0
    let sums = levels.map { level in
      sum += level
      return sum
    }
    func points(_ values: [Double]) -> [Series.Point] {
      values.enumerated().map { Series.Point(x: Double($0 + 1), y: $1) }
    }
    return Chart(
      title: "An error budget of 5 %, spent over attempts",
      description: """
        The error probability at which each of twelve attempts is made, falling from \
        \(tenThousandths(levels[0])) to \(tenThousandths(levels[11])), and their sum, which rises \
        towards 0.05 and never exceeds it.
        """,
      x: Axis(
        title: "attempt", domain: 0.4...12.6,
        ticks: (1...12).map { Axis.Tick(Double($0), "\($0)") }),
      y: Axis(title: "error probability", domain: 0...0.06, step: 0.01, label: Axis.hundredths),
      series: [
        Series("this attempt", .columns(width: 24), points(levels)),
        Series("all so far", .line, points(sums)),
      ],
      references: [Chart.Reference(y: 0.05, label: "the whole budget")])
  }

  private static func tenThousandths(_ value: Double) -> String {
    let digits = String(Int((value * 10_000).rounded()))
    return "0." + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
