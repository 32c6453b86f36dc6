import Statistics
import Testing

extension ReferenceVectorTests {
  static let manyAtOnce: [String: Call] = [
    "bonferroni": { vector in try adjusted(vector, by: bonferroni) },
    "holm": { vector in try adjusted(vector, by: holm) },
    "hommel": { vector in try adjusted(vector, by: hommel) },
    "hochberg": { vector in try adjusted(vector, by: hochberg) },
    "benjaminiHochberg": { vector in try adjusted(vector, by: benjaminiHochberg) },
    "benjaminiYekutieli": { vector in try adjusted(vector, by: benjaminiYekutieli) },
    "eBH": { vector in
      let rejected = eBenjaminiHochberg(
        try vector.numbers("evalues"), alpha: try vector.number("alpha"))
      return ["k": .integer(rejected.count { $0 }), "reject": .flags(rejected)]
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
