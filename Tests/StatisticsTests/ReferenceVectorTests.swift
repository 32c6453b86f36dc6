import Statistics
import Testing

/// Values that other libraries computed, from `Fixtures/statistics.json`; each names its library.
@Suite("Reference vectors")
struct ReferenceVectorTests {
  /// Calls the library with a vector's inputs; returns its answers by the names of the expectation.
  typealias Call = @Sendable (ReferenceVector) throws -> [String: ReferenceVector.Value]

  /// How to call each function, by its name in the file. One file a topic adds to it.
  static let calls: [String: Call] = [
    distributions, intervals, hypothesisTests, manyAtOnce, sequential, betting, agreement, metrics,
    variance, planning, resampling,
  ].reduce(into: [:]) { calls, topic in
    calls.merge(topic) { _, _ in preconditionFailure("two topics claim the same function") }
  }

  @Test("The fixture is there")
  func fixture() {
    #expect(ReferenceVector.all.count >= 175)
  }

  @Test("Agrees with the reference", arguments: ReferenceVector.all)
  func agrees(vector: ReferenceVector) throws {
    let call = try #require(
      Self.calls[vector.name], "nobody knows how to call \(vector.function)")
    let computed = try call(vector)
    for (key, expected) in vector.expected {
      let mine = try #require(computed[key], "\(key) is not computed")
      let tolerance = vector.toleranceByField?[key] ?? vector.tolerance
      #expect(
        mine.agrees(with: expected, within: tolerance),
        "\(key): \(mine) is not \(expected), from \(vector.library)")
    }
  }
}

extension Interval {
  /// The two bounds by their names in the file.
  var asExpected: [String: ReferenceVector.Value] {
    ["lower": .number(lower), "upper": .number(upper)]
  }
}
