import Foundation
import Kernels

/// An encoder with a softmax head while it is tuned, one optimizer step after another.
///
/// The same encoder, head, settings and steps give the same bits, on any number of threads.
/// Not for two threads at once: whoever holds it, holds it alone.
public final class FineTuning {
  /// What of the encoder is tuned; the head always is.
  public enum Method: Sendable, Hashable {
    case full
    case lora(LowRankSettings)
  }

  let base: SentenceEncoder
  let method: Method
  let encoder: TrainableEncoder
  let head: TrainableHead
  let optimizer = AdamW()
  /// Tokens of one contrastive batch at most.
  public static let capacity = TrainableEncoder.capacity

  /// Optimizer steps made.
  public var steps: Int { history.steps.count }
  var history = EmbeddingTable.History()
  /// What of the encoder and of the head the optimizer works on, embeddings apart.
  private let encoderPieces: [Parameter.Piece]
  private let headPieces: [Parameter.Piece]
  private let seed: UInt64
  private var features = FloatBuffer(count: 0)  // [examples, features]
  private var errors = FloatBuffer(count: 0)  // their gradient

  /// - Parameters:
  ///   - encoder: Where tuning starts.
  ///   - head: On the features of `encoder` at `pooled`.
  ///   - pooled: Layers that are pooled, counted from 1, in rising order.
  ///   - adapters: Where adapters start, with the settings of `method`; fresh ones otherwise.
  ///   - seed: What initial adapters and dropout are drawn from.
  ///   - threads: Workers at most; the bits do not depend on it.
  public init(
    encoder: SentenceEncoder, head: SoftmaxHead, pooling pooled: [Int], method: Method,
    adapters: LowRankWeights? = nil, seed: UInt64, threads: Int
  ) {
    precondition(
      head.dimension == pooled.count * encoder.dimension, "the head is as wide as the features")
    base = encoder
    self.method = method
    self.seed = seed
    self.head = TrainableHead(head)
    self.encoder = TrainableEncoder(
      encoder.weights, encoder.configuration, pooling: pooled, isTuned: method == .full,
      threads: threads)
    if case .lora(let settings) = method {
      self.encoder.adapt(adapters ?? LowRankWeights(settings, encoder.configuration, seed: seed))
    }
    encoderPieces = self.encoder.parameters.flatMap(\.pieces)
    headPieces = self.head.parameters.flatMap(\.pieces)
  }

  /// One optimizer step on the mean over batches of their weighted cross-entropy; more than one
  /// batch is gradient accumulation.
  ///
  /// - Parameters:
  ///   - rate: Learning rate of the encoder.
  ///   - headRate: Learning rate of the head.
  /// - Returns: The loss before the step, in nats.
  /// - Throws: `TuningBreakdown`; the weights are as they were before.
  @discardableResult
  public func step(_ batches: [TuningBatch], rate: Double, headRate: Double) throws -> Double {
    let loss = accumulate(batches)
    try update(loss: loss, rate: rate, headRate: headRate)
    return loss
  }

  /// One optimizer step on the contrastive loss of a batch; the head stays as it is.
  ///
  /// - Parameter labels: What the sequences belong to. Shape [sequences].
  /// - Returns: The loss before the step.
  /// - Throws: `TuningBreakdown`; the weights are as they were before.
  @discardableResult
  public func contrastiveStep(
    _ sequences: [[Int32]], labels: [Int], rate: Double
  ) throws -> Double {
    let loss = accumulateContrastive(sequences, labels: labels)
    try update(loss: loss, rate: rate, headRate: nil)
    return loss
  }

  /// The contrastive loss of a batch; leaves its gradients in the parameters of the encoder.
  package func accumulateContrastive(_ sequences: [[Int32]], labels: [Int]) -> Double {
    encoder.forward(begin(sequences), into: features.start)
    let loss = ContrastiveLoss.loss(
      features: features, width: encoder.features, labels: labels, errors: errors)
    encoder.backward(features: features.start, errors: errors.start, accumulates: false)
    return loss
  }

  /// The mean over batches of their weighted mean loss; leaves its gradients in the parameters.
  package func accumulate(_ batches: [TuningBatch]) -> Double {
    var loss = 0.0
    var isFirst = true
    for batch in batches {
      let total = batch.weights.reduce(0, +) * Double(batches.count)
      let lengths = batch.sequences.map(\.count)
      for part in PackedBatch.parts(lengths, capacity: TrainableEncoder.capacity) {
        let packed = begin(batch.sequences[part])
        encoder.forward(packed, into: features.start)
        loss += head.loss(
          features: features, expected: batch.expected[part], weights: batch.weights[part],
          total: total, errors: errors, accumulates: !isFirst)
        encoder.backward(
          features: features.start, errors: errors.start, accumulates: !isFirst)
        isFirst = false
      }
    }
    return loss
  }

  private func begin(_ sequences: some Collection<[Int32]>) -> PackedBatch {
    let batch = PackedBatch(sequences)
    encoder.words.lookUp(batch.ids, optimizer: optimizer, history: history)
    encoder.positions.lookUp(batch.positions, optimizer: optimizer, history: history)
    encoder.renewDropout(seed: seed, step: steps)
    let needed = sequences.count * encoder.features
    if features.count < needed {
      features = FloatBuffer(count: needed)
      errors = FloatBuffer(count: needed)
    }
    return batch
  }

  // MARK: - The optimizer's step

  /// L2 length of all gradients together.
  package func gradientNorm(withHead: Bool) -> Double {
    let pieces = encoderPieces + (withHead ? headPieces : [])
    var sums = [Double](repeating: 0, count: pieces.count)
    sums.withUnsafeMutableBufferPointer { sums in
      // Each task writes its own element.
      nonisolated(unsafe) let sums = sums
      encoder.crew.run(pieces.count) { index, _ in
        let piece = pieces[index]
        sums[index] = hone_sum_of_squares(
          piece.tuning.gradient.start + piece.range.lowerBound, piece.range.count)
      }
    }
    let rows = encoder.tables.map(\.gradientSumOfSquares)
    return (sums.reduce(0, +) + rows.reduce(0, +)).squareRoot()
  }

  private func update(loss: Double, rate: Double, headRate: Double?) throws {
    let norm = gradientNorm(withHead: headRate != nil)
    guard loss.isFinite, norm.isFinite else {
      for table in encoder.tables { table.dropGradient() }
      throw TuningBreakdown(step: steps + 1, rate: rate)
    }
    let scale = optimizer.clipping(norm: norm)
    let step = optimizer.step(steps + 1, rate: rate)
    let headStep = optimizer.step(steps + 1, rate: headRate ?? 0)
    history.append(step, rate: rate)
    let headPieces = headRate == nil ? [] : self.headPieces
    let tables = encoder.tables
    encoder.crew.run(tables.count + encoderPieces.count + headPieces.count) { index, _ in
      if index < tables.count {
        tables[index].update(optimizer: optimizer, history: history, scale: scale)
        return
      }
      let index = index - tables.count
      let isHead = index >= encoderPieces.count
      let piece = isHead ? headPieces[index - encoderPieces.count] : encoderPieces[index]
      let at = piece.range.lowerBound
      optimizer.update(
        values: piece.values.start + at, gradient: piece.tuning.gradient.start + at,
        firstMoment: piece.tuning.firstMoment.start + at,
        secondMoment: piece.tuning.secondMoment.start + at, count: piece.range.count,
        step: isHead ? headStep : step, decays: piece.decays, scale: scale)
    }
  }
}

extension Parameter {
  /// A part of a tuned tensor that one task works on.
  struct Piece {
    let values: FloatBuffer
    let tuning: Tuning
    let decays: Bool
    let range: Range<Int>
  }

  var pieces: [Piece] {
    guard let tuning else { return [] }
    let slices = Slices(count, atMost: 1 << 15)
    return (0..<slices.number).map {
      Piece(values: values, tuning: tuning, decays: decays, range: slices[$0])
    }
  }
}

/// Sequences with what is expected of them.
public struct TuningBatch: Sendable {
  /// Token ids, none empty; at least one sequence.
  public var sequences: [[Int32]]
  /// Indices into the head's labels. Shape [sequences].
  public var expected: [Int]
  /// Positive; only their ratios matter. Shape [sequences].
  public var weights: [Double]

  public init(sequences: [[Int32]], expected: [Int], weights: [Double]) {
    precondition(
      sequences.count == expected.count && sequences.count == weights.count && !sequences.isEmpty,
      "each of at least one sequence has a label and a weight")
    self.sequences = sequences
    self.expected = expected
    self.weights = weights
  }
}

/// Thrown where numbers are no numbers any more: the loss or its gradient is infinite or NaN.
public struct TuningBreakdown: Error, Sendable, Hashable, CustomStringConvertible {
  /// The optimizer step that was not made, counted from 1.
  public var step: Int
  public var rate: Double

  public init(step: Int, rate: Double) {
    self.step = step
    self.rate = rate
  }

  public var description: String {
    "the loss or its gradient was not finite at step \(step) (learning rate \(rate))"
  }
}
