import Engine
import Foundation
import Kernels
import Testing

/// Small examples with published results, which need no library to follow.
@Suite("Published check numbers")
struct CheckNumberTests {
  /// W + alpha / r · B·A, for W of threes.
  @Test("An adapter merged into a 6 × 4 matrix")
  func merge() throws {
    try Fixtures.scratch { folder in
      let encoder = try SmallEncoder.encoder(in: folder)
      let adapters = try SmallEncoder.adapters(in: folder, for: encoder)
      let tuning = FineTuning(
        encoder: encoder,
        head: SoftmaxHead(
          labels: ["a", "b"], dimension: 4, weights: Array(repeating: 0, count: 8), biases: [0, 0]),
        pooling: [1], method: .lora(adapters.settings), adapters: adapters, seed: 1, threads: 1)
      let merged = try #require(tuning.tensors["\(SmallEncoder.module).weight"])
      #expect(
        merged == [
          8.5, 10, 11.5, 13, 14.5, 18, 21.5, 25, 20.5, 26, 31.5, 37, 26.5, 34, 41.5, 49, 32.5, 42,
          51.5, 61, 38.5, 50, 61.5, 73,
        ])
    }
  }

  /// PyTorch's AdamW, all three parameters decaying, gradients not clipped.
  @Test("A hundred steps of AdamW on a line")
  func adamW() {
    let points: [(x: [Float], y: Float)] = [[2, 1], [7, 4], [-4, 12], [5, 8]].map {
      ($0, 3 * $0[0] + $0[1] - 2)
    }
    var values: [Float] = [0, 0, 0]  // w₁, w₂, b
    var (first, second) = (values, values)
    let optimizer = AdamW()
    for number in 1...100 {
      var gradient: [Float] = [0, 0, 0]  // of the sum of squared errors
      for (x, y) in points {
        let error = values[0] * x[0] + values[1] * x[1] + values[2] - y
        gradient[0] += 2 * error * x[0]
        gradient[1] += 2 * error * x[1]
        gradient[2] += 2 * error
      }
      optimizer.update(
        values: &values, gradient: gradient, firstMoment: &first, secondMoment: &second, count: 3,
        step: optimizer.step(number, rate: 0.1), decays: true, scale: 1)
    }
    for (value, expected) in zip(values, [2.7257, 0.7097, 0.7873]) {
      #expect(abs(Double(value) - expected) < 1e-4)
    }
  }

  @Test("The layer norm of 1, 2, 3, in both forward passes")
  func layerNorm() {
    let (x, zeros): ([Float], [Float]) = ([1, 2, 3], [0, 0, 0])
    let (weight, offset): ([Float], [Float]) = ([3, 3, 3], [0.5, 0.5, 0.5])
    var (embedding, tuning, normalized, inverse) = (zeros, zeros, zeros, [Float](zeros.prefix(1)))
    hone_add_layer_norm(x, zeros, zeros, weight, offset, 1e-12, &embedding, 1, 3)
    hone_layer_norm_forward(
      x, zeros, zeros, weight, offset, 1e-12, &normalized, &inverse, &tuning, 1, 3)
    for (index, expected) in [-3.1742, 0.5, 4.1742].enumerated() {
      #expect(abs(Double(embedding[index]) - expected) < 1e-4)
      #expect(abs(Double(tuning[index]) - expected) < 1e-4)
    }
  }
}

/// A BERT of width 4 with one layer, whose intermediate matrix is the 6 × 4 of the example.
private enum SmallEncoder {
  static let module = "encoder.layer.0.intermediate.dense"

  static func encoder(in folder: URL) throws -> SentenceEncoder {
    let configuration: [String: Any] = [
      "model_type": "bert", "hidden_size": 4, "num_hidden_layers": 1, "num_attention_heads": 1,
      "intermediate_size": 6, "vocab_size": 40, "max_position_embeddings": 8,
      "type_vocab_size": 2, "hidden_act": "gelu",
    ]
    try JSONSerialization.data(withJSONObject: configuration)
      .write(to: folder.appendingPathComponent("config.json"))
    var shapes = [
      "embeddings.word_embeddings.weight": [40, 4],
      "embeddings.position_embeddings.weight": [8, 4],
      "embeddings.token_type_embeddings.weight": [2, 4],
      "\(module).weight": [6, 4], "\(module).bias": [6],
      "encoder.layer.0.output.dense.weight": [4, 6], "encoder.layer.0.output.dense.bias": [4],
    ]
    for part in ["self.query", "self.key", "self.value", "output.dense"] {
      shapes["encoder.layer.0.attention.\(part).weight"] = [4, 4]
      shapes["encoder.layer.0.attention.\(part).bias"] = [4]
    }
    for norm in ["embeddings", "encoder.layer.0.attention.output", "encoder.layer.0.output"] {
      shapes["\(norm).LayerNorm.weight"] = [4]
      shapes["\(norm).LayerNorm.bias"] = [4]
    }
    let tensors = shapes.mapValues { ($0, [Float](repeating: 3, count: $0.reduce(1, *))) }
    try safetensors(tensors).write(to: folder.appendingPathComponent("model.safetensors"))
    return try TinyModel.encoder(weights: folder)
  }

  static func adapters(in folder: URL, for encoder: SentenceEncoder) throws -> LowRankWeights {
    try JSONSerialization.data(withJSONObject: ["peft_type": "LORA", "r": 2, "lora_alpha": 1])
      .write(to: folder.appendingPathComponent(LowRankWeights.configurationFile))
    let adapter = "base_model.model.\(module)"
    try safetensors([
      "\(adapter).lora_A.weight": ([2, 4], (1...8).map { Float($0) }),
      "\(adapter).lora_B.weight": ([6, 2], (1...12).map { Float($0) }),
    ]).write(to: folder.appendingPathComponent(LowRankWeights.weightsFile))
    return try LowRankWeights(folder: folder, for: encoder)
  }

  private static func safetensors(
    _ tensors: [String: (shape: [Int], values: [Float])]
  ) throws -> Data {
    var header: [String: Any] = [:]
    var data = Data()
    for (name, tensor) in tensors {
      let start = data.count
      tensor.values.withUnsafeBytes { data.append(contentsOf: $0) }
      header[name] = [
        "dtype": "F32", "shape": tensor.shape, "data_offsets": [start, data.count],
      ]
    }
    let json = try JSONSerialization.data(withJSONObject: header)
    return HostileFileTests.safetensors(String(decoding: json, as: UTF8.self)) + data
  }
}
