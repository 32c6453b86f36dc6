import Engine
import Testing

@Suite("Fine-tuning gives the same bits on any number of threads")
struct FineTuningThreadsTests {
  static let methods: [FineTuning.Method] = [
    .full, .lora(LowRankSettings()), .lora(LowRankSettings(dropout: 0.1)),
  ]

  @Test("three steps of the base model", arguments: methods)
  func threeSteps(method: FineTuning.Method) throws {
    let single = try tuned(method, threads: 1)
    let shared = try tuned(method, threads: 2)
    #expect(single.losses.map(\.bitPattern) == shared.losses.map(\.bitPattern))
    #expect(Set(single.tensors.keys) == Set(shared.tensors.keys))
    for (name, values) in single.tensors {
      #expect(
        shared.tensors[name]?.elementsEqual(values) { $0.bitPattern == $1.bitPattern } == true,
        "\(name)")
    }
  }

  private func tuned(
    _ method: FineTuning.Method, threads: Int
  ) throws -> (losses: [Double], tensors: [String: [Float]]) {
    let encoder = try Fixtures.encoder.get()
    let labels = ["a", "b", "c"]
    let head = SoftmaxHead(
      labels: labels, dimension: encoder.dimension,
      weights: (0..<labels.count * encoder.dimension).map { Float($0 % 7) / 7 - 0.4 },
      biases: [0, 0.1, -0.1])
    let tuning = FineTuning(
      encoder: encoder, head: head, pooling: [encoder.layers], method: method, seed: 3,
      threads: threads)
    let sequences = try Fixtures.texts.get().map(\.ids).filter { !$0.isEmpty && $0.count <= 60 }
    // Sizes that no block and no slice divides.
    let losses = try [31, 9, 17].enumerated().map { step, size in
      let part = (0..<size).map { sequences[(step * 31 + $0) % sequences.count] }
      return try tuning.step(
        [
          TuningBatch(
            sequences: part, expected: part.indices.map { $0 % labels.count },
            weights: part.map { _ in 1 })
        ], rate: 1e-3, headRate: 1e-2)
    }
    var tensors = tuning.adapters?.matrices ?? tuning.tensors
    tensors["head.weight"] = tuning.tunedHead.weights
    tensors["head.bias"] = tuning.tunedHead.biases
    return (losses, tensors)
  }
}
