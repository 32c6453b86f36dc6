import Statistics
import Testing

@Suite("Inverse power law")
struct InversePowerLawTests {
  struct Case: Sendable {
    var sizes: [Double]
    var errors: [Double]
    var weights: [Double]
    var law: InversePowerLaw
  }

  // SciPy 1.17.1: nnls on columns 1 and n^-c, rows scaled by the root of the weight, for each of
  // 9,001 exponents from 0.1 to 1, the best of them refined by minimize_scalar (xatol 1e-12).
  static let cases = [
    Case(
      sizes: [50, 100, 200, 400], errors: [0.30, 0.22, 0.17, 0.14], weights: [0.25, 0.5, 0.75, 1],
      law: InversePowerLaw(asymptote: 0.09150899, scale: 3.2595063, exponent: 0.7026446912)),
    Case(
      sizes: [30, 60, 120, 240, 480], errors: [0.41, 0.33, 0.31, 0.22, 0.21],
      weights: [0.2, 0.4, 0.6, 0.8, 1],
      law: InversePowerLaw(asymptote: 0.04393559, scale: 1.00795963, exponent: 0.2982425756)),
    // The best law would fall below 0.
    Case(
      sizes: [10, 100, 1000], errors: [0.5, 0.1, 0], weights: [1, 1, 1],
      law: InversePowerLaw(asymptote: 0, scale: 2.68086347, exponent: 0.7287763166)),
  ]

  @Test("Least squares as SciPy has them", arguments: cases.indices)
  func reference(index: Int) throws {
    let reference = Self.cases[index]
    let law = try InversePowerLaw(
      sizes: reference.sizes, errors: reference.errors, weights: reference.weights)
    #expect(abs(law.exponent - reference.law.exponent) < 1e-4)
    #expect(abs(law.asymptote - reference.law.asymptote) < 2e-5)
    #expect(abs(law.scale / reference.law.scale - 1) < 1e-3)
  }

  @Test("A law is found again in its own values, and turned around")
  func exact() throws {
    let truth = InversePowerLaw(asymptote: 0.05, scale: 2, exponent: 0.5)
    let sizes = [20.0, 40, 80, 160]
    let law = try InversePowerLaw(
      sizes: sizes, errors: sizes.map(truth.error), weights: [1, 1, 1, 1])
    #expect(abs(law.asymptote - 0.05) < 1e-6)
    #expect(abs(law.exponent - 0.5) < 1e-6)
    // 0.05 + 2/√n = 0.1 at n = 1600.
    let size = try #require(truth.size(reaching: 0.1))
    #expect(abs(size - 1600) < 1e-6)
    #expect(truth.size(reaching: 0.05) == nil)
    #expect(truth.size(reaching: 0.01) == nil)
  }

  @Test("What rises is flat: its mean, and no number of examples helps")
  func rising() throws {
    let law = try InversePowerLaw(
      sizes: [10, 20, 40], errors: [0.2, 0.25, 0.3], weights: [1, 1, 1])
    #expect(law.scale == 0)
    #expect(abs(law.asymptote - 0.25) < 1e-12)
    #expect(law.size(reaching: 0.24) == nil)
    #expect(law.size(reaching: 0.26) == 0)
  }

  @Test("What is wrong is named")
  func errors() {
    #expect(throws: StatisticsError.tooFew(argument: "different sizes", count: 2, minimum: 3)) {
      try InversePowerLaw(sizes: [1, 2, 2], errors: [0.1, 0.1, 0.1], weights: [1, 1, 1])
    }
    #expect(throws: StatisticsError.notFinite(argument: "errors", index: 1)) {
      try InversePowerLaw(sizes: [1, 2, 3], errors: [0.1, .nan, 0.1], weights: [1, 1, 1])
    }
    #expect(throws: StatisticsError.self) {
      try InversePowerLaw(sizes: [0, 2, 3], errors: [0.1, 0.1, 0.1], weights: [1, 1, 1])
    }
    #expect(throws: StatisticsError.self) {
      try InversePowerLaw(sizes: [1, 2, 3], errors: [0.1, 0.1], weights: [1, 1, 1])
    }
  }
}
