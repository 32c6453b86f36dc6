import Engine
import Foundation
import Testing

@Suite("Fine-tuning agrees with PyTorch and PEFT")
struct FineTuningTests {
  @Test("every gradient of a tiny BERT", arguments: [1, 2])
  func gradients(threads: Int) throws {
    let tiny = try TinyModel()
    let tuning = tiny.tuning(.full, threads: threads)
    let reference = try SafetensorsFile(contentsOf: tiny.file("gradients.safetensors"))
    let loss = tuning.accumulate([tiny.batches[0]])
    #expect(abs(loss - Double(try reference.floats("loss", shape: [1])[0])) < 1e-5)
    try expect(tuning.gradients, equal: reference)
  }

  @Test("every gradient of adapters made by PEFT")
  func adapterGradients() throws {
    let tiny = try TinyModel()
    let adapters = try LowRankWeights(folder: tiny.file("lora"), for: tiny.encoder)
    let tuning = tiny.tuning(.lora(adapters.settings), adapters: adapters)
    _ = tuning.accumulate([tiny.batches[0]])
    try expect(
      tuning.gradients,
      equal: SafetensorsFile(contentsOf: tiny.file("lora-gradients.safetensors")))
  }

  @Test("twenty AdamW steps on all weights", arguments: [1, 2])
  func steps(threads: Int) throws {
    let tiny = try TinyModel()
    let tuning = tiny.tuning(.full, threads: threads)
    try follow("adamw", tuning, tiny)
    try expectWeights(of: tuning, equal: "adamw-final.safetensors", tiny)
  }

  @Test("ten AdamW steps, each on two batches")
  func accumulatedSteps() throws {
    let tiny = try TinyModel()
    let tuning = tiny.tuning(.full)
    try follow("adamw-accumulated", tuning, tiny, each: 2)
    try expectWeights(of: tuning, equal: "adamw-accumulated-final.safetensors", tiny)
  }

  @Test("twenty AdamW steps on adapters")
  func adapterSteps() throws {
    let tiny = try TinyModel()
    let adapters = try LowRankWeights(folder: tiny.file("lora"), for: tiny.encoder)
    let tuning = tiny.tuning(.lora(adapters.settings), adapters: adapters)
    try follow("lora", tuning, tiny)
    let expected = try LowRankWeights(folder: tiny.file("lora-final"), for: tiny.encoder)
    let tuned = try #require(tuning.adapters)
    for (name, values) in expected.matrices {
      #expect(try distance(#require(tuned.matrices[name]), values) < 1e-3, "\(name)")
    }
    let head = try TinyModel.head(in: tiny.file("lora-final"))
    #expect(distance(tuning.tunedHead.weights, head.weights) < 1e-3)
  }

  @Test("rank-stabilized adapters")
  func rankStabilized() throws {
    let tiny = try TinyModel()
    let adapters = try LowRankWeights(folder: tiny.file("lora-rslora"), for: tiny.encoder)
    #expect(adapters.settings.isRankStabilized)
    let tuning = tiny.tuning(.lora(adapters.settings), adapters: adapters)
    let reference = try SafetensorsFile(contentsOf: tiny.file("lora-rslora-features.safetensors"))
    let expected = try reference.floats("features", shape: [6, 32])
    #expect(distance(tuning.features(of: tiny.batches[0].sequences), expected) < 1e-5)
  }

  // MARK: - Comparing

  private func expect(_ gradients: [String: [Float]], equal reference: SafetensorsFile) throws {
    let names = reference.entries.keys.filter { $0 != "loss" && $0 != "features" }
    #expect(Set(names) == Set(gradients.keys))
    for name in names {
      let expected = try reference.floats(name, shape: reference.entries[name]!.shape)
      #expect(try distance(#require(gradients[name]), expected) < 1e-4, "\(name)")
    }
  }

  /// Makes the recorded steps; batches come in turn, `each` of them to a step.
  private func follow(
    _ name: String, _ tuning: FineTuning, _ tiny: TinyModel, each: Int = 1
  ) throws {
    let record = try Fixtures.json(Record.self, "engine/training/\(name).json")
    for (step, rate) in record.learningRates.enumerated() {
      let batches = (0..<each).map { tiny.batches[(step * each + $0) % tiny.batches.count] }
      let loss = try tuning.step(batches, rate: rate, headRate: rate)
      #expect(abs(loss - record.losses[step]) < 1e-4, "step \(step)")
    }
  }

  private func expectWeights(
    of tuning: FineTuning, equal file: String, _ tiny: TinyModel
  ) throws {
    let reference = try SafetensorsFile(contentsOf: tiny.file(file))
    let tuned = tuning.tensors
    for (name, entry) in reference.entries where !name.hasPrefix("head.") {
      // Adam makes full steps of what is zero but for rounding, and the softmax does not see a
      // key's bias; nobody ever reads the embedding of token type 1.
      if name.hasSuffix("key.bias") || name.contains("token_type") { continue }
      let expected = try reference.floats(name, shape: entry.shape)
      #expect(try distance(#require(tuned[name]), expected) < 1e-3, "\(name)")
    }
  }
}

/// What PyTorch recorded of some steps.
private struct Record: Decodable {
  var learningRates: [Double]
  var losses: [Double]
}
