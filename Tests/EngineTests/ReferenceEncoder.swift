import Engine
import Foundation

/// The tiny BERT in Double, as the formulas are written: loops, and no code of the engine's.
///
/// ```
/// ids ─ words + positions + type 0 ─ norm ─ layer 0 ─ layer 1      (each layer's output pooled)
/// layer: x₁ = norm(x + attention(x)·Woᵀ + b), y = norm(x₁ + gelu(x₁·W¹ᵀ + b)·W²ᵀ + b)
/// ```
struct ReferenceEncoder {
  /// One row for each token, or each sequence.
  typealias Rows = [[Double]]

  /// Row-major values by Hugging Face name; adapters by PEFT's names, the head as `head.weight`
  /// and `head.bias`.
  var parameters: [String: [Double]]
  /// alpha / rank, or alpha / √rank.
  var adapterScale = 1.0
  /// What dropout multiplies each input of an adapter by, for all rows of a batch one after
  /// another; by module. None where there is no dropout.
  var masks: [String: [Double]] = [:]

  static let layers = 2
  static let heads = 2
  static let width = 16
  static let epsilon = 1e-12
  static let temperature = 0.1

  /// - Parameter files: Safetensors files, with what stands before their names here.
  init(_ files: [(url: URL, prefix: String)]) throws {
    parameters = [:]
    for (url, prefix) in files {
      let file = try SafetensorsFile(contentsOf: url)
      for (name, entry) in file.entries {
        parameters[prefix + name] = try file.floats(name, shape: entry.shape).map(Double.init)
      }
    }
  }

  // MARK: - Losses

  /// Σ wᵢ · (−ln p(yᵢ)) / Σ w, of the softmax of f·Wᵀ + b.
  func crossEntropy(_ batch: TuningBatch) -> Double {
    var loss = 0.0
    for (row, feature) in features(of: batch.sequences).enumerated() {
      let logits = product(feature, "head.weight", bias: "head.bias")
      loss += batch.weights[row] * (logSumExp(logits) - logits[batch.expected[row]])
    }
    return loss / batch.weights.reduce(0, +)
  }

  /// −mean over anchors i and their positives p of ln(exp(sᵢₚ/τ) / Σⱼ≠ᵢ exp(sᵢⱼ/τ)), s the cosine.
  func contrastive(_ sequences: [[Int32]], labels: [Int]) -> Double {
    let features = features(of: sequences).map(unit)
    var losses: [Double] = []
    for anchor in labels.indices {
      let others = labels.indices.filter { $0 != anchor }
      let positives = others.filter { labels[$0] == labels[anchor] }
      if positives.isEmpty { continue }
      func similarity(_ other: Int) -> Double {
        dot(features[anchor], features[other]) / Self.temperature
      }
      let whole = logSumExp(others.map(similarity))
      losses.append(mean(positives.map { whole - similarity($0) }))
    }
    return mean(losses)
  }

  // MARK: - The encoder

  /// The mean over a sequence's tokens of each layer's output, scaled to length 1, side by side.
  func features(of sequences: [[Int32]]) -> Rows {
    var first = 0
    return sequences.map { ids in
      defer { first += ids.count }
      var x = embedded(ids)
      var feature: [Double] = []
      for index in 0..<Self.layers {
        x = layer(x, index, first: first)
        feature += unit((0..<Self.width).map { column in mean(x.map { $0[column] }) })
      }
      return feature
    }
  }

  private func embedded(_ ids: [Int32]) -> Rows {
    func row(_ table: String, _ index: Int) -> ArraySlice<Double> {
      values("embeddings.\(table)_embeddings.weight")[
        index * Self.width..<(index + 1) * Self.width]
    }
    let x = ids.enumerated().map { position, id in
      sum(sum(row("word", Int(id)), row("position", position)), row("token_type", 0))
    }
    return norm(x, "embeddings.LayerNorm")
  }

  /// - Parameter first: Rows of the batch before x, which count for dropout.
  private func layer(_ x: Rows, _ index: Int, first: Int) -> Rows {
    let name = "encoder.layer.\(index)"
    let attended = linear(
      attention(
        linear(x, "\(name).attention.self.query", first),
        linear(x, "\(name).attention.self.key", first),
        linear(x, "\(name).attention.self.value", first)),
      "\(name).attention.output.dense", first)
    let middle = norm(zip(x, attended).map(sum), "\(name).attention.output.LayerNorm")
    let wide = linear(middle, "\(name).intermediate.dense", first).map { $0.map(gelu) }
    let output = linear(wide, "\(name).output.dense", first)
    return norm(zip(middle, output).map(sum), "\(name).output.LayerNorm")
  }

  /// softmax(q·kᵀ / √size)·v for each head, the heads side by side.
  private func attention(_ queries: Rows, _ keys: Rows, _ values: Rows) -> Rows {
    let size = Self.width / Self.heads
    return queries.map { query in
      (0..<Self.heads).flatMap { head -> [Double] in
        let columns = head * size..<(head + 1) * size
        let scores = keys.map { dot(query[columns], $0[columns]) / Double(size).squareRoot() }
        let whole = logSumExp(scores)
        return columns.map { column in
          zip(scores, values).reduce(0) { $0 + exp($1.0 - whole) * $1.1[column] }
        }
      }
    }
  }

  /// x·Wᵀ + b, plus scale · d(x)·Aᵀ·Bᵀ where the module has an adapter.
  private func linear(_ x: Rows, _ module: String, _ first: Int) -> Rows {
    let adapter = "base_model.model.\(module)"
    return x.enumerated().map { index, row in
      let y = product(row, "\(module).weight", bias: "\(module).bias")
      guard parameters["\(adapter).lora_A.weight"] != nil else { return y }
      var dropped = row
      if let mask = masks[module] {
        for column in row.indices { dropped[column] *= mask[(first + index) * row.count + column] }
      }
      let coded = product(dropped, "\(adapter).lora_A.weight")
      let added = product(coded, "\(adapter).lora_B.weight")
      return sum(y, added.map { $0 * adapterScale })
    }
  }

  private func norm(_ x: Rows, _ module: String) -> Rows {
    let (weight, offset) = (values("\(module).weight"), values("\(module).bias"))
    return x.map { row in
      let center = mean(row)
      let variance = mean(row.map { ($0 - center) * ($0 - center) })
      return row.indices.map {
        (row[$0] - center) / (variance + Self.epsilon).squareRoot() * weight[$0] + offset[$0]
      }
    }
  }

  // MARK: - Arithmetic

  private func values(_ name: String) -> [Double] {
    guard let values = parameters[name] else { preconditionFailure("there is no tensor \(name)") }
    return values
  }

  /// x·Wᵀ + b for one row.
  private func product(_ x: [Double], _ weight: String, bias: String? = nil) -> [Double] {
    let weights = values(weight)  // [out, in]
    let biases = bias.map(values)
    return (0..<weights.count / x.count).map { row in
      let own = weights[row * x.count..<(row + 1) * x.count]
      return dot(x, own) + (biases?[row] ?? 0)
    }
  }

  private func gelu(_ x: Double) -> Double { 0.5 * x * (1 + erf(x / 2.0.squareRoot())) }

  private func unit(_ x: [Double]) -> [Double] {
    let length = dot(x, x).squareRoot()
    return x.map { $0 / length }
  }

  private func mean(_ x: [Double]) -> Double { x.reduce(0, +) / Double(x.count) }

  private func sum(_ a: some Sequence<Double>, _ b: some Sequence<Double>) -> [Double] {
    zip(a, b).map { $0 + $1 }
  }

  private func dot(_ a: some Sequence<Double>, _ b: some Sequence<Double>) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private func logSumExp(_ x: [Double]) -> Double {
    let largest = x.max() ?? 0
    return largest + log(x.reduce(0) { $0 + exp($1 - largest) })
  }
}
