import COpenBLAS
import Engine
import Foundation

/// The matrix products of an encoder's passes and nothing else: what OpenBLAS allows.
///
/// Every layer has matrices of its own, as the encoder has. A product is cut into one shard per
/// thread, by rows or by columns of its result, whichever is found to be faster; a thread does its
/// shards one after another and waits for nobody until the end, so that the sum is a limit that no
/// order of dependent products can beat. The products inside attention are left out, and those of
/// the head.
final class MatrixProducts {
  /// One of the four linear layers of a transformer layer.
  private struct Linear {
    var inputs: Int
    var outputs: Int
    /// Adapters that share its input; none without a rank.
    var parts: Int
  }

  private enum Kind: Int, CaseIterable {
    /// y = x·Wᵀ, dx = dy·W, dW = dyᵀ·x.
    case forward, errors, weights
    /// c = x·Aᵀ, y += c·Bᵀ, e = dy·B, dx += e·A, dA = eᵀ·x, dB = dyᵀ·c; for each adapter.
    case code, decode, errorCode, errorDecode, down, up

    static let backward: [Kind] = [.errors, .weights]
    static let adaptersBackward: [Kind] = [.errorCode, .errors, .errorDecode, .down, .up]
  }

  /// Memory of one linear layer. What one step computes never enters what the next step computes, so
  /// that numbers stay ordinary.
  private struct Memory {
    var x: UnsafeMutablePointer<Float>
    var weight: UnsafeMutablePointer<Float>
    var gradient: UnsafeMutablePointer<Float>
    var y: UnsafeMutablePointer<Float>
    var code: UnsafeMutablePointer<Float>
    var down: UnsafeMutablePointer<Float>
    var downGradient: UnsafeMutablePointer<Float>
    var up: UnsafeMutablePointer<Float>
    var upGradient: UnsafeMutablePointer<Float>
  }

  private let rank: Int?
  private let threads: Int
  private let linears: [Linear]
  private let layers: [[Memory]]
  private let dx: UnsafeMutablePointer<Float>
  /// Whether a product is cut by columns. Indexed by linear layer and kind.
  private var byColumns: [[Bool]]

  init(encoder: SentenceEncoder, capacity: Int, rank: Int?, threads: Int) {
    _ = SentenceEncoder.kernelName  // which prepares OpenBLAS
    self.rank = rank
    self.threads = max(1, threads)
    let (width, wide) = encoder.widths
    let linears = [
      Linear(inputs: width, outputs: 3 * width, parts: 3),
      Linear(inputs: width, outputs: width, parts: 1),
      Linear(inputs: width, outputs: wide, parts: 1),
      Linear(inputs: wide, outputs: width, parts: 1),
    ]
    self.linears = linears
    func floats(_ count: Int) -> UnsafeMutablePointer<Float> {
      let memory = UnsafeMutableRawPointer.allocate(byteCount: max(1, count) * 4, alignment: 64)
        .bindMemory(to: Float.self, capacity: max(1, count))
      for index in 0..<count { memory[index] = Float(index % 17) / 17 - 0.5 }
      return memory
    }
    dx = floats(capacity * wide)
    layers = (0..<encoder.layers).map { _ in
      linears.map { linear in
        Memory(
          x: floats(capacity * linear.inputs), weight: floats(linear.outputs * linear.inputs),
          gradient: floats(rank == nil ? linear.outputs * linear.inputs : 0),
          y: floats(capacity * linear.outputs), code: floats(capacity * (rank ?? 0) * 3),
          down: floats(3 * (rank ?? 0) * linear.inputs),
          downGradient: floats(3 * (rank ?? 0) * linear.inputs),
          up: floats(linear.outputs * (rank ?? 0)),
          upGradient: floats(linear.outputs * (rank ?? 0)))
      }
    }
    byColumns = linears.map { _ in Kind.allCases.map { _ in false } }
  }

  // MARK: - Passes

  /// The products of one forward pass.
  func forward(rows: Int) {
    shared { shard in
      for layer in layers {
        for index in linears.indices { run(.forward, index, layer[index], rows, shard) }
      }
    }
  }

  /// The products of one optimizer step: on all weights, or on adapters where there is a rank.
  func step(rows: Int) {
    let kinds = rank == nil ? Kind.backward : Kind.adaptersBackward
    shared { shard in
      for layer in layers {
        for index in linears.indices {
          if rank != nil { run(.code, index, layer[index], rows, shard) }
          run(.forward, index, layer[index], rows, shard)
          if rank != nil { run(.decode, index, layer[index], rows, shard) }
        }
      }
      for (depth, layer) in layers.enumerated().reversed() {
        for index in linears.indices.reversed() {
          for kind in kinds {
            // Before the first adapters nobody asks for a gradient.
            let isError = kind == .errors || kind == .errorDecode
            if rank != nil, depth == 0, index == 0, isError { continue }
            run(kind, index, layer[index], rows, shard)
          }
        }
      }
    }
  }

  /// Finds out for each product whether it is cut by rows or by columns.
  func choosePartitions(rows: Int) {
    for index in linears.indices {
      let kinds =
        rank == nil
        ? [.forward] + Kind.backward : [.forward, .code, .decode] + Kind.adaptersBackward
      for kind in kinds {
        let times = [false, true].map { columns in
          byColumns[index][kind.rawValue] = columns
          return Measuring.median(7) { _ in
            shared { shard in
              for layer in layers { run(kind, index, layer[index], rows, shard) }
            }
          }.wall
        }
        byColumns[index][kind.rawValue] = times[1] < times[0]
      }
    }
  }

  // MARK: - One product

  private func shared(_ body: (_ shard: Int) -> Void) {
    withoutActuallyEscaping(body) { body in
      // Shards write apart from each other, and all have ended before this returns.
      nonisolated(unsafe) let body = body
      DispatchQueue.concurrentPerform(iterations: threads) { body($0) }
    }
  }

  private func run(_ kind: Kind, _ index: Int, _ memory: Memory, _ rows: Int, _ shard: Int) {
    let linear = linears[index]
    let (inputs, outputs) = (linear.inputs, linear.outputs)
    let part = outputs / linear.parts
    let rank = rank ?? 0
    let m = memory
    func cut(
      _ a: UnsafeMutablePointer<Float>, _ aStride: Int, _ aTransposed: Bool,
      _ b: UnsafeMutablePointer<Float>, _ bStride: Int, _ bTransposed: Bool,
      _ out: UnsafeMutablePointer<Float>, _ outStride: Int, _ r: Int, _ c: Int, _ depth: Int,
      adding: Bool = false
    ) {
      let byColumns = byColumns[index][kind.rawValue]
      // Whole vectors, except for the last shard.
      let each = ((byColumns ? c : r) + threads - 1) / threads
      let size = (each + 15) / 16 * 16
      let first = min(byColumns ? c : r, shard * size)
      let count = min((byColumns ? c : r) - first, size)
      guard count > 0 else { return }
      let (row, column) = byColumns ? (0, first) : (first, 0)
      cblas_sgemm(
        CblasRowMajor, aTransposed ? CblasTrans : CblasNoTrans,
        bTransposed ? CblasTrans : CblasNoTrans, blasint(byColumns ? r : count),
        blasint(byColumns ? count : c), blasint(depth), 1,
        a + (aTransposed ? row : row * aStride), blasint(aStride),
        b + (bTransposed ? column * bStride : column), blasint(bStride), adding ? 1 : 0,
        out + row * outStride + column, blasint(outStride))
    }
    switch kind {
    case .forward:
      cut(m.x, inputs, false, m.weight, inputs, true, m.y, outputs, rows, outputs, inputs)
    case .errors:
      cut(m.y, outputs, false, m.weight, inputs, false, dx, inputs, rows, inputs, outputs)
    case .weights:
      cut(m.y, outputs, true, m.x, inputs, false, m.gradient, inputs, outputs, inputs, rows)
    case .code:
      let all = rank * linear.parts
      cut(m.x, inputs, false, m.down, inputs, true, m.code, all, rows, all, inputs)
    case .decode:
      for p in 0..<linear.parts {
        cut(
          m.code + p * rank, rank * linear.parts, false, m.up + p * part * rank, rank, true,
          m.y + p * part, outputs, rows, part, rank, adding: true)
      }
    case .errorCode:
      for p in 0..<linear.parts {
        cut(
          m.y + p * part, outputs, false, m.up + p * part * rank, rank, false, m.code + p * rank,
          rank * linear.parts, rows, rank, part)
      }
    case .errorDecode:
      let all = rank * linear.parts
      cut(m.code, all, false, m.down, inputs, false, dx, inputs, rows, inputs, all, adding: true)
    case .down:
      let all = rank * linear.parts
      cut(m.code, all, true, m.x, inputs, false, m.downGradient, inputs, all, inputs, rows)
    case .up:
      for p in 0..<linear.parts {
        cut(
          m.y + p * part, outputs, true, m.code + p * rank, rank * linear.parts, false,
          m.upGradient + p * part * rank, rank, part, rank, rows)
      }
    }
  }
}
