import Statistics
import Testing

extension ReferenceVectorTests {
  static let distributions: [String: Call] = [
    "regularizedIncompleteBeta": { vector in
      let value = regularizedIncompleteBeta(
        try vector.number("x"), a: try vector.number("a"), b: try vector.number("b"))
      return ["value": .number(value)]
    },
    "betaQuantile": { vector in
      let value = betaQuantile(
        try vector.number("p"), a: try vector.number("a"), b: try vector.number("b"))
      return ["value": .number(value)]
    },
    "normalQuantile": { vector in
      ["value": .number(normalQuantile(try vector.number("p")))]
    },
    "binomialCDF": { vector in
      let value = binomialCDF(
        try vector.integer("k"), trials: try vector.integer("n"),
        probability: try vector.number("p"))
      return ["value": .number(value)]
    },
  ]
}
