import Engine
import Foundation
import Testing

@Suite("SoftmaxHead")
struct SoftmaxHeadTests {
  struct Reference: Decodable {
    var l2: Double
    var inputs: [[Float]]
    var labels: [Int]
    var weights: [Double]
    var probabilities: [[Double]]
    var coefficients: [[Double]]
  }

  static func fit(_ reference: Reference) throws -> (head: SoftmaxHead, report: FitReport) {
    try SoftmaxHead.fit(
      matrix(reference), labels: reference.labels, weights: reference.weights,
      labelNames: ["a", "b", "c"], l2: reference.l2, tolerance: 1e-9)
  }

  static func matrix(_ reference: Reference) -> EmbeddingMatrix {
    EmbeddingMatrix(
      rows: reference.inputs.count, columns: reference.inputs[0].count,
      values: reference.inputs.flatMap { $0 })
  }

  @Test("The weighted fit reaches scikit-learn's optimum")
  func agreesWithScikitLearn() throws {
    let reference = try Fixtures.json(Reference.self, "engine/logistic-regression.json")
    let (head, report) = try Self.fit(reference)
    #expect(report.converged)
    let probabilities = head.probabilities(Self.matrix(reference))
    for (row, expected) in zip(probabilities, reference.probabilities) {
      for (a, b) in zip(row, expected) { #expect(abs(a - b) <= 1e-5) }
    }
    for (a, b) in zip(head.weights, reference.coefficients.flatMap { $0 }) {
      #expect(abs(Double(a) - b) <= 1e-5)
    }
  }

  @Test("The same problem gives the same bytes, and they read back")
  func roundTrip() throws {
    let reference = try Fixtures.json(Reference.self, "engine/logistic-regression.json")
    try Fixtures.scratch { folder in
      let (one, two) = (
        folder.appendingPathComponent("one.safetensors"),
        folder.appendingPathComponent("two.safetensors")
      )
      let head = try Self.fit(reference).head
      try head.fileContent().write(to: one)
      try Self.fit(reference).head.fileContent().write(to: two)
      #expect(try Data(contentsOf: one) == Data(contentsOf: two))
      #expect(try SoftmaxHead(contentsOf: one) == head)
    }
  }

  @Test("A weight of 2 is the row twice")
  func weights() throws {
    let inputs: [Float] = [0, 1, 1, 0, 0.5, 0.4]
    let once = try SoftmaxHead.fit(
      EmbeddingMatrix(rows: 3, columns: 2, values: inputs), labels: [0, 1, 1],
      weights: [1, 2, 1], labelNames: ["x", "y"], l2: 0.01, tolerance: 1e-10)
    let twice = try SoftmaxHead.fit(
      EmbeddingMatrix(rows: 4, columns: 2, values: inputs + [1, 0]), labels: [0, 1, 1, 1],
      weights: [1, 1, 1, 1], labelNames: ["x", "y"], l2: 0.01, tolerance: 1e-10)
    for (a, b) in zip(once.head.weights, twice.head.weights) { #expect(abs(a - b) < 1e-6) }
    #expect(abs(once.report.loss - twice.report.loss) < 1e-9)
  }

  @Test("Labels of any kind survive the file")
  func strangeLabels() throws {
    try Fixtures.scratch { folder in
      let labels = ["", "a/b", "\"quoted\"", "emoji 👩‍⚕️", "line\nbreak", "\u{0}"]
      let head = SoftmaxHead(
        labels: labels, dimension: 1, weights: labels.indices.map { Float($0) },
        biases: labels.map { _ in 0 })
      let file = folder.appendingPathComponent("head.safetensors")
      try head.fileContent().write(to: file)
      #expect(try SoftmaxHead(contentsOf: file).labels == labels)
    }
  }
}
