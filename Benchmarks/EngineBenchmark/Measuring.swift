import Engine
import Foundation

/// Runs tasks of the engine several times and takes the median.
struct Measuring {
  let encoder: SentenceEncoder
  let examples: [Example]
  let threads: Int
  let batch: Int
  let rounds: Int

  /// Steps of one round.
  static let steps = 12

  /// Times to embed all texts.
  func embed() throws -> Timing {
    let inputs = examples.map(\.input)
    return try Self.median(rounds) { _ in _ = try encoder.embed(inputs, threads: threads) }
  }

  /// Times of one optimizer step, the last layer pooled.
  func step(_ method: FineTuning.Method) throws -> Timing {
    let labels = Set(examples.map(\.answer)).sorted()
    let head = SoftmaxHead(
      labels: labels, dimension: encoder.dimension,
      weights: [Float](repeating: 0, count: labels.count * encoder.dimension),
      biases: [Float](repeating: 0, count: labels.count))
    let tuning = FineTuning(
      encoder: encoder, head: head, pooling: [encoder.layers], method: method, seed: 1,
      threads: threads)
    let batches = batches(labels)
    return try Self.median(rounds * Self.steps, warmUp: Self.steps) { index in
      try tuning.step([batches[index % batches.count]], rate: 2e-5, headRate: 1e-3)
    }
  }

  /// Times of the matrix products of one optimizer step; those of adapters where there is a rank.
  func productsOfStep(rank: Int?) -> Timing {
    let rows = batches([]).map { $0.sequences.reduce(0) { $0 + $1.count } }
    let products = MatrixProducts(
      encoder: encoder, capacity: rows.max() ?? 0, rank: rank, threads: threads)
    products.choosePartitions(rows: rows[0])
    return Self.median(rounds * Self.steps, warmUp: Self.steps) { index in
      products.step(rows: rows[index % rows.count])
    }
  }

  /// Times of the matrix products of all texts, packed as the engine packs them.
  func products(ofTexts texts: [Example]) -> Timing {
    let rows = encoder.packedRows(texts.map(\.input))
    let products = MatrixProducts(
      encoder: encoder, capacity: rows.max() ?? 0, rank: nil, threads: threads)
    products.choosePartitions(rows: rows[0])
    return Self.median(rounds) { _ in
      for rows in rows { products.forward(rows: rows) }
    }
  }

  /// As many texts each as `batch` says, in order; what is left at the end is left out.
  private func batches(_ labels: [String]) -> [TuningBatch] {
    let size = min(batch, examples.count)
    return (0..<examples.count / size).map { index in
      let part = examples[index * size..<(index + 1) * size]
      return TuningBatch(
        sequences: part.map {
          encoder.tokenizer.encode($0.input, maximumLength: encoder.maximumLength)
        },
        expected: part.map { labels.firstIndex(of: $0.answer) ?? 0 },
        weights: part.map { _ in 1 })
    }
  }

  /// Median times of `count` runs, after `warmUp` runs that do not count.
  static func median(
    _ count: Int, warmUp: Int = 1, _ body: (_ index: Int) throws -> Void
  ) rethrows -> Timing {
    for index in 0..<warmUp { try body(index) }
    let times = try (0..<max(1, count)).map { index in
      let (start, processor) = (ContinuousClock.now, clock())
      try body(index)
      return Timing(
        wall: (ContinuousClock.now - start) / .seconds(1),
        processor: Double(clock() - processor) / Double(CLOCKS_PER_SEC))
    }
    return Timing(
      wall: median(of: times.map(\.wall)), processor: median(of: times.map(\.processor)))
  }

  private static func median(of values: [Double]) -> Double {
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}

/// Times of one run.
struct Timing {
  var wall: Double
  /// Of all threads together; what else the machine does matters less to it.
  var processor: Double
}
