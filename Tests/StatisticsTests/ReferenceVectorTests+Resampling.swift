import Statistics
import Testing

extension ReferenceVectorTests {
  static let resampling: [String: Call] = [
    "bootstrapPercentile": { vector in
      try interval(.mean(of: vector.numbers("x"), seed: 1), .percentile, vector)
    },
    "bootstrapBCa": { vector in
      try interval(.mean(of: vector.numbers("x"), seed: 1), .biasCorrected, vector)
    },
    "pairedBootstrap": { vector in
      let bootstrap = try Bootstrap.pairedDifference(
        vector.numbers("a"), vector.numbers("b"), seed: 1)
      return try interval(bootstrap, .percentile, vector)
    },
    "quantile": { vector in
      ["q": .numbers(try sampleQuantiles(vector.numbers("p"), of: vector.numbers("x")))]
    },
  ]

  private static func interval(
    _ bootstrap: Bootstrap, _ method: Bootstrap.Method, _ vector: ReferenceVector
  ) throws -> [String: ReferenceVector.Value] {
    var answers = bootstrap.interval(alpha: try vector.number("alpha"), method: method).asExpected
    answers["se"] = .number(bootstrap.standardError)
    return answers
  }
}
