import Statistics
import Testing

@Suite("Krippendorff's alpha")
struct KrippendorffAlphaTests {
  /// Four observers, twelve units, with gaps: the example of Krippendorff (2011), who gives .743 and
  /// .849. Digits by krippendorff 0.9.0.
  private let observers: [[Double?]] = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, nil, nil, nil],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, nil, 3],
    [nil, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, nil],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, nil],
  ]

  @Test("The textbook example, nominal and interval")
  func textbook() throws {
    #expect(abs(try KrippendorffAlpha.nominal(observers) - 0.743421052631579) < 1e-14)
    #expect(abs(try KrippendorffAlpha.interval(observers) - 0.8491071428571428) < 1e-14)
  }

  @Test("Ratings without a partner change nothing, and neither does a shift of the scale")
  func invariance() throws {
    let (nominal, interval) = (
      try KrippendorffAlpha.nominal(observers), try KrippendorffAlpha.interval(observers)
    )
    let longer = observers.enumerated().map { $0.element + [$0.offset == 0 ? 77 : nil, nil] }
    #expect(try KrippendorffAlpha.nominal(longer) == nominal)
    #expect(abs(try KrippendorffAlpha.interval(longer) - interval) < 1e-14)
    let shifted = observers.map { $0.map { $0.map { 1e6 + 10 * $0 } } }
    #expect(abs(try KrippendorffAlpha.interval(shifted) - interval) < 1e-9)
    let named = observers.map { $0.map { $0.map { "\($0)" } } }
    #expect(try KrippendorffAlpha.nominal(named) == nominal)
  }

  @Test("What is wrong is named")
  func errors() {
    #expect(throws: StatisticsError.oneCategory(argument: "ratings")) {
      try KrippendorffAlpha.nominal([[1, 1], [1, nil]])
    }
    #expect(throws: StatisticsError.oneCategory(argument: "ratings")) {
      try KrippendorffAlpha.interval([[0.1, 0.1, 2], [0.1, 0.1, nil]])
    }
    #expect(throws: StatisticsError.notFinite(argument: "ratings[1]", index: 0)) {
      try KrippendorffAlpha.interval([[1, 1], [.nan, nil]])
    }
    #expect(throws: StatisticsError.self) { try KrippendorffAlpha.nominal([[Int?]]()) }
    #expect(throws: StatisticsError.self) { try KrippendorffAlpha.nominal([[1, nil], [nil, 1]]) }
    #expect(throws: StatisticsError.self) { try KrippendorffAlpha.nominal([[1, 2], [1]]) }
  }
}
