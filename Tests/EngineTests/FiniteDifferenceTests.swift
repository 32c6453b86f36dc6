import Engine
import Foundation
import Testing

/// Gradients of the engine beside central differences of `ReferenceEncoder`, in entries of every
/// tensor.
@Suite("Gradients agree with finite differences in Double")
struct FiniteDifferenceTests {
  /// The error of a central difference is about step² · f‴ / 6 + 1e-16 · f / step, here 1e-10.
  private static let step = 1e-5

  /// What Float32 may be wrong by, as a fraction of a tensor's gradient: an entry goes through
  /// some 1000 roundings one after another (sums over 38 rows and 16 or 32 columns, through two
  /// layers and back), each of at most 2⁻²⁴: together 6e-5.
  private static let tolerance = 1e-4

  /// A tensor's gradient counts as at least this fraction of all gradients together: that of a
  /// key's bias is a sum of large terms that is zero but for their rounding.
  private static let leastShare = 1e-3

  @Test("of all weights, over one batch and over the mean of three", arguments: [1, 3])
  func full(count: Int) throws {
    let tiny = try TinyModel()
    let batches = tiny.batches.prefix(count)
    let tuning = tiny.tuning(.full)
    let loss = tuning.accumulate(Array(batches))
    try expectAgreement(tuning.gradients, loss, Self.reference(tiny)) { reference in
      batches.reduce(0) { $0 + reference.crossEntropy($1) } / Double(count)
    }
  }

  @Test("of adapters", arguments: ["lora", "lora-rslora"])
  func adapters(folder: String) throws {
    let tiny = try TinyModel()
    let adapters = try LowRankWeights(folder: tiny.file(folder), for: tiny.encoder)
    let reference = try Self.reference(tiny, adapters: folder)
    let tuning = tiny.tuning(.lora(adapters.settings), adapters: adapters)
    let batch = tiny.batches[0]
    let loss = tuning.accumulate([batch])
    try expectAgreement(tuning.gradients, loss, reference) { $0.crossEntropy(batch) }
  }

  @Test("of adapters behind dropout")
  func dropout() throws {
    let tiny = try TinyModel()
    var adapters = try LowRankWeights(folder: tiny.file("lora"), for: tiny.encoder)
    adapters.settings.dropout = 0.25
    var reference = try Self.reference(tiny, adapters: "lora")
    let batch = tiny.batches[0]
    let rows = batch.sequences.map(\.count).reduce(0, +)
    reference.masks = Self.masks(rate: 0.25, rows: rows, seed: TinyModel.seed)
    let tuning = tiny.tuning(.lora(adapters.settings), adapters: adapters)
    let loss = tuning.accumulate([batch])
    try expectAgreement(tuning.gradients, loss, reference) { $0.crossEntropy(batch) }
  }

  @Test("of the contrastive loss, with an anchor that has no positive", arguments: [false, true])
  func contrastive(isLowRank: Bool) throws {
    let tiny = try TinyModel()
    let adapters = try LowRankWeights(folder: tiny.file("lora"), for: tiny.encoder)
    let reference = try Self.reference(tiny, adapters: isLowRank ? "lora" : nil)
    let tuning =
      isLowRank ? tiny.tuning(.lora(adapters.settings), adapters: adapters) : tiny.tuning(.full)
    let (sequences, labels) = (tiny.batches[0].sequences, [0, 1, 1, 0, 2, 1])
    let loss = tuning.accumulateContrastive(sequences, labels: labels)
    try expectAgreement(tuning.gradients, loss, reference) {
      $0.contrastive(sequences, labels: labels)
    }
  }

  // MARK: - Comparing

  private func expectAgreement(
    _ gradients: [String: [Float]], _ loss: Double, _ reference: ReferenceEncoder,
    of function: (ReferenceEncoder) -> Double
  ) throws {
    #expect(abs(loss - function(reference)) < 1e-5)
    let isLowRank = reference.parameters.keys.contains { $0.contains("lora_") }
    let names = reference.parameters.keys.filter {
      !isLowRank || $0.contains("lora_") || $0.hasPrefix("head.")
    }
    #expect(Set(names) == Set(gradients.keys))
    let least = Self.leastShare * length(gradients.values.flatMap { $0 })
    for name in names.sorted() {
      let gradient = try #require(gradients[name])
      #expect(gradient.count == reference.parameters[name]?.count, "\(name)")
      let allowed = Self.tolerance * max(length(gradient), least)
      for entry in Self.entries(of: name, count: gradient.count) {
        let expected = difference(function, reference, name, entry)
        #expect(abs(Double(gradient[entry]) - expected) <= allowed, "\(name)[\(entry)]")
      }
    }
  }

  private func difference(
    _ function: (ReferenceEncoder) -> Double, _ reference: ReferenceEncoder, _ name: String,
    _ entry: Int
  ) -> Double {
    var (above, below) = (reference, reference)
    above.parameters[name]![entry] += Self.step
    below.parameters[name]![entry] -= Self.step
    return (function(above) - function(below)) / (2 * Self.step)
  }

  /// Entries of a tensor that are looked at.
  private static func entries(of name: String, count: Int) -> [Int] {
    func inRows(_ rows: Int...) -> [Int] {
      zip(rows, [2, 7, 15, 0]).map { $0 * ReferenceEncoder.width + $1 }
    }
    return switch name {
    // In batch 0, token 33 is in two sequences, 18 is twice in one, 22 in two; 39 is nowhere.
    case "embeddings.word_embeddings.weight": inRows(33, 18, 22, 39)
    // Every sequence has position 0, and one has position 11; none has 23.
    case "embeddings.position_embeddings.weight": inRows(0, 4, 11, 23)
    // All tokens are of type 0.
    case "embeddings.token_type_embeddings.weight": inRows(0, 0, 0, 1)
    default: [0, count * 3 / 7, count - 1]
    }
  }

  private func length(_ values: [Float]) -> Double {
    values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
  }

  // MARK: - The reference

  /// - Parameter adapters: Their folder.
  private static func reference(
    _ tiny: TinyModel, adapters: String? = nil
  ) throws -> ReferenceEncoder {
    var reference = try ReferenceEncoder(
      [
        (tiny.file("tiny-bert/model.safetensors"), ""),
        (tiny.file("head.safetensors"), "head."),
      ] + (adapters.map { [(tiny.file("\($0)/adapter_model.safetensors"), "")] } ?? []))
    // alpha 8, rank 4
    reference.adapterScale = adapters == "lora-rslora" ? 8 / 4.0.squareRoot() : 8 / 4.0
    return reference
  }

  /// The masks of the first pass: element i of an adapter's inputs is kept where the i-th number
  /// of its stream is at least the rate.
  private static func masks(rate: Double, rows: Int, seed: UInt64) -> [String: [Double]] {
    var seeds = SplitMix(state: seed &+ 0xd1b5_4a32_d192_ed03)
    var masks: [String: [Double]] = [:]
    for layer in 0..<ReferenceEncoder.layers {
      for (module, inputs) in [
        ("attention.self.query", 16), ("attention.self.key", 16), ("attention.self.value", 16),
        ("attention.output.dense", 16), ("intermediate.dense", 16), ("output.dense", 32),
      ] {
        var stream = SplitMix(state: seeds.next())
        masks["encoder.layer.\(layer).\(module)"] = (0..<rows * inputs).map { _ in
          Double(stream.next() >> 32) * 0x1p-32 >= rate ? 1 / (1 - rate) : 0
        }
      }
    }
    return masks
  }
}

/// SplitMix64, of Steele, Lea and Flood (2014).
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
