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
    "studentTQuantile": { vector in
      let value = studentTQuantile(
        try vector.number("p"), degreesOfFreedom: try vector.number("df"))
      return ["value": .number(value)]
    },
    "binomialCDF": { vector in
      let value = binomialCDF(
        try vector.integer("k"), trials: try vector.integer("n"),
        probability: try vector.number("p"))
      return ["value": .number(value)]
    },
  ]
}
