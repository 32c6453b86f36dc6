import Statistics
import Testing

@Suite("Cohen's kappa")
struct CohenKappaTests {
  /// statsmodels 0.15.0: `cohens_kappa(table, wt=…)`, its `kappa`, `std_kappa` and `std_kappa0`.
  @Test(
    "Weighted kappa and its errors",
    arguments: [
      (CohenKappa.Weighting.linear, 0.6757758221398795, 0.06793652466833364, 0.09355464384689012),
      (.quadratic, 0.7603485838779956, 0.06023947702578321, 0.11880181463132634),
    ])
  func weighted(
    weighting: CohenKappa.Weighting, kappa: Double, error: Double, underIndependence: Double
  ) throws {
    let table = [[20, 5, 1], [4, 15, 6], [0, 3, 16]]
    let agreement = try CohenKappa(table: table, weighting: weighting)
    #expect(abs(agreement.kappa - kappa) < 1e-12)
    #expect(abs(agreement.standardError - error) < 1e-12)
    #expect(abs(agreement.standardErrorUnderIndependence - underIndependence) < 1e-12)
  }

  @Test("Which rater comes first does not matter", arguments: CohenKappa.Weighting.allCases)
  func symmetry(weighting: CohenKappa.Weighting) throws {
    let one = try CohenKappa(table: [[9, 2, 0], [4, 7, 1], [3, 0, 5]], weighting: weighting)
    let other = try CohenKappa(table: [[9, 4, 3], [2, 7, 0], [0, 1, 5]], weighting: weighting)
    #expect(abs(one.kappa - other.kappa) < 1e-14)
    #expect(abs(one.standardError - other.standardError) < 1e-14)
  }

  @Test("Independent raters have kappa 0, and counts of 10⁹ change nothing")
  func independence() throws {
    let small = try CohenKappa(table: [[40, 60], [80, 120]])
    let large = try CohenKappa(table: [[400_000_000, 600_000_000], [800_000_000, 1_200_000_000]])
    #expect(abs(small.kappa) < 1e-14)
    #expect(abs(large.kappa) < 1e-14)
    #expect(abs(large.standardError * 10_000_000.0.squareRoot() - small.standardError) < 1e-12)
  }

  @Test("Perfect agreement of few units is not certainty", arguments: CohenKappa.Weighting.allCases)
  func perfect(weighting: CohenKappa.Weighting) throws {
    let kappa = try CohenKappa(table: [[6, 0, 0], [0, 3, 0], [0, 0, 3]], weighting: weighting)
    #expect(kappa.kappa == 1)
    #expect(kappa.standardError == 0)
    let interval = kappa.interval(alpha: 0.05)
    #expect(interval.upper == 1)
    #expect(interval.lower > 0 && interval.lower < 0.8)
    let worst = try CohenKappa(table: [[0, 5], [5, 0]], weighting: weighting)
    #expect(abs(worst.kappa + 1) < 1e-14)
    #expect(worst.interval(alpha: 0.05).lower == -1)
    #expect(worst.interval(alpha: 0.05).upper > -1)
  }

  @Test("Intervals nest with confidence")
  func nesting() throws {
    for table in [[[58, 10], [4, 48]], [[5, 0], [0, 5]]] {
      let kappa = try CohenKappa(table: table)
      let (narrow, wide) = (kappa.interval(alpha: 0.1), kappa.interval(alpha: 0.01))
      #expect(wide.lower < narrow.lower && narrow.upper <= wide.upper)
    }
  }

  @Test("A level that claims nothing gets everything", arguments: [0, -1, Double.nan])
  func level(alpha: Double) throws {
    #expect(try CohenKappa(table: [[58, 10], [4, 48]]).interval(alpha: alpha).width == .infinity)
    #expect(
      try CohenKappa(table: [[5, 0], [0, 5]]).interval(alpha: alpha)
        == Interval(lower: -1, upper: 1))
  }

  @Test("The interval covers in about 95 % of samples")
  func coverage() throws {
    // Two raters that agree with a truth of even odds in 90 % of cases: kappa is .64.
    var generator = SeededGenerator(seed: 5)
    let runs = 2000
    let covered = try (0..<runs).count { _ in
      var table = [[0, 0], [0, 0]]
      for _ in 0..<300 {
        let truth = generator.nextUniform() < 0.5
        let first = generator.nextUniform() < 0.9 ? truth : !truth
        let second = generator.nextUniform() < 0.9 ? truth : !truth
        table[first ? 1 : 0][second ? 1 : 0] += 1
      }
      let interval = try CohenKappa(table: table).interval(alpha: 0.05)
      return interval.lower <= 0.64 && 0.64 <= interval.upper
    }
    let sigma = (0.95 * 0.05 / Double(runs)).squareRoot()
    #expect(abs(Double(covered) / Double(runs) - 0.95) < 3 * sigma + 0.01)
  }

  @Test("Categories are sorted, and both raters' count")
  func table() throws {
    let (categories, counts) = try CohenKappa.table(["b", "b", "c"], ["a", "b", "b"])
    #expect(categories == ["a", "b", "c"])
    #expect(counts == [[0, 0, 0], [1, 1, 0], [0, 1, 0]])
    #expect(try CohenKappa.table([Int](), []).counts.isEmpty)
  }

  @Test("What is wrong is named")
  func errors() {
    #expect(throws: StatisticsError.oneCategory(argument: "table")) {
      try CohenKappa([1, 1, 1], [1, 1, 1])
    }
    #expect(throws: StatisticsError.oneCategory(argument: "table")) {
      try CohenKappa(table: [[7, 0], [0, 0]], weighting: .linear)
    }
    #expect(throws: StatisticsError.tooFew(argument: "first", count: 0, minimum: 1)) {
      try CohenKappa([String](), [])
    }
    #expect(throws: StatisticsError.tooFew(argument: "table", count: 0, minimum: 1)) {
      try CohenKappa(table: [])
    }
    #expect(throws: StatisticsError.notFinite(argument: "second", index: 1)) {
      try CohenKappa([1.0, 2.0], [1.0, .nan])
    }
    #expect(throws: StatisticsError.self) { try CohenKappa([1, 2], [1]) }
    #expect(throws: StatisticsError.self) { try CohenKappa(table: [[1, 2], [3]]) }
    #expect(throws: StatisticsError.self) { try CohenKappa(table: [[1, -2], [3, 4]]) }
  }
}
