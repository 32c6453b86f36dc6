import Statistics
import Testing

extension ReferenceVectorTests {
  static let manyAtOnce: [String: Call] = [
    "holm": { vector in
      try adjusted(vector, by: holm)
    },
    "intersectionUnion": { vector in
      let p = IntersectionUnion.pValue(try vector.numbers("pvalues"))
      return ["p": .number(p), "rejectAt05": .flag(p <= 0.05)]
    },
  ]

  /// Adjusted p-values, and which of them are rejected.
  private static func adjusted(
    _ vector: ReferenceVector, by adjust: ([Double]) -> [Double]
  ) throws -> [String: ReferenceVector.Value] {
    let adjusted = adjust(try vector.numbers("pvalues"))
    let alpha = try vector.number("alpha")
    return ["adjusted": .numbers(adjusted), "reject": .flags(adjusted.map { $0 <= alpha })]
  }
}
