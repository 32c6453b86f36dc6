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
  /// Optimizer steps made.
  public internal(set) var steps = 0
  var history = EmbeddingTable.History()
  private let seed: UInt64
  private var features = FloatBuffer(count: 0)  // [examples, features]
  private var errors = FloatBuffer(count: 0)  // their gradient

  /// - Parameters:
  ///   - encoder: Where tuning starts.
  ///   - head: On the features of `encoder` at `pooled`.
  ///   - pooled: Layers that are pooled, counted from 1, in rising order.
  ///   - seed: What initial adapters and dropout are drawn from.
  ///   - threads: Workers at most; the bits do not depend on it.
  /// - Throws: `EngineError` for adapters that do not fit the encoder.
  public init(
    encoder: SentenceEncoder, head: SoftmaxHead, pooling pooled: [Int], method: Method,
    seed: UInt64, threads: Int
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
    if case .lora(let settings) = method { self.encoder.adapt(settings, seed: seed) }
  }

  /// One optimizer step on the weighted cross-entropy of a batch.
  ///
  /// - Parameters:
  ///   - sequences: Token ids, none empty; at least one.
  ///   - expected: Indices into the head's labels. Shape [sequences].
  ///   - weights: Positive; only their ratios matter. Shape [sequences].
  ///   - rate: Learning rate of the encoder.
  ///   - headRate: Learning rate of the head.
  /// - Returns: The weighted mean loss before the step, in nats.
  /// - Throws: `TuningBreakdown`; the weights are as they were before.
  @discardableResult
  public func step(
    _ sequences: [[Int32]], expected: [Int], weights: [Double], rate: Double, headRate: Double
  ) throws -> Double {
    let loss = accumulate(sequences, expected: expected, weights: weights)
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
    let batch = begin(sequences)
    encoder.forward(batch, into: features.start)
    let loss = ContrastiveLoss.loss(
      features: features, width: encoder.features, labels: labels, errors: errors)
    encoder.backward(features: features.start, errors: errors.start, accumulates: false)
    try update(loss: loss, rate: rate, headRate: nil)
    return loss
  }

  /// The weighted mean loss of a batch, its gradients left in the parameters.
  func accumulate(
    _ sequences: [[Int32]], expected: [Int], weights: [Double], share: Double = 1,
    accumulates: Bool = false
  ) -> Double {
    precondition(
      sequences.count == expected.count && sequences.count == weights.count && !sequences.isEmpty,
      "each of at least one sequence has a label and a weight")
    let total = weights.reduce(0, +) / share
    var loss = 0.0
    for part in PackedBatch.parts(sequences.map(\.count), capacity: TrainableEncoder.capacity) {
      let adds = accumulates || part.lowerBound > 0
      let batch = begin(Array(sequences[part]))
      encoder.forward(batch, into: features.start)
      loss += head.loss(
        features: features, expected: expected[part], weights: weights[part], total: total,
        errors: errors, accumulates: adds)
      encoder.backward(features: features.start, errors: errors.start, accumulates: adds)
    }
    return loss
  }

  private func begin(_ sequences: [[Int32]]) -> PackedBatch {
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
  func gradientNorm(withHead: Bool) -> Double {
    let pieces = tuned(withHead: withHead).flatMap(\.pieces)
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
      encoder.tables.forEach { $0.dropGradient() }
      throw TuningBreakdown(step: steps + 1, rate: rate)
    }
    steps += 1
    let scale = optimizer.clipping(norm: norm)
    let step = optimizer.step(steps, rate: rate)
    let headStep = optimizer.step(steps, rate: headRate ?? 0)
    history.append(step)
    let encoderPieces = tuned(withHead: false).flatMap(\.pieces)
    let headPieces = headRate == nil ? [] : head.parameters.flatMap(\.pieces)
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

  private func tuned(withHead: Bool) -> [Parameter] {
    encoder.parameters.filter(\.isTuned) + (withHead ? head.parameters : [])
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

/// Thrown where numbers are no numbers any more: the loss or its gradient is infinite or NaN.
public struct TuningBreakdown: Error, Sendable, Hashable, CustomStringConvertible {
  /// The optimizer step that was not made, counted from 1.
  public var step: Int
  public var rate: Double

  public var description: String {
    "the loss or its gradient was not finite at step \(step) (learning rate \(rate))"
  }
}
