public import Engine
import Foundation
import Synchronization
import Tuning

/// Turns texts into the features that heads work on, each text once: from the cache, else computed
/// and kept.
///
/// Features are the mean-pooled outputs of the last four layers, each at length 1, side by side.
/// The lower ones keep more of the wording than the last one does, which a linear head can use
/// (`docs/decisions/0003`).
public struct TextEmbedder: Sendable {
  public let encoder: SentenceEncoder
  let layers: [Int]
  private let cache: EmbeddingCache?
  let threads: Int
  let onProgress: @Sendable (WorkProgress) -> Void

  /// Texts computed between two writes to the cache; an interruption loses at most so many.
  private static let chunk = 512

  init(
    encoder: SentenceEncoder, cachedIn folder: URL?, threads: Int,
    onProgress: @escaping @Sendable (WorkProgress) -> Void
  ) throws {
    self.encoder = encoder
    layers = Self.layers(of: encoder)
    cache = try folder.map { [layers] in
      try EmbeddingCache(folder: $0, encoder: encoder, layers: layers)
    }
    self.threads = threads
    self.onProgress = onProgress
  }

  /// The layers that are pooled: the last four, as far as there are so many.
  static func layers(of encoder: SentenceEncoder) -> [Int] {
    Array(max(1, encoder.layers - 3)...encoder.layers)
  }

  /// The same with another encoder.
  func replacing(encoder: SentenceEncoder, cachedIn folder: URL) throws -> TextEmbedder {
    try TextEmbedder(
      encoder: encoder, cachedIn: folder, threads: threads, onProgress: onProgress)
  }

  /// Features of one text.
  var dimension: Int { layers.count * encoder.dimension }

  /// The features of `texts` in order, shape [texts, layers · dimension].
  ///
  /// - Throws: `CancellationError` soon after the task is cancelled; the chunks that were computed
  ///   until then are kept. `EngineError` for a damaged model.
  public func embed(_ texts: [String]) async throws -> EmbeddingMatrix {
    guard let cache else { return try await compute(texts, done: 0, total: texts.count) }
    var seen: Set<String> = []
    let missing = texts.filter { cache[$0] == nil && seen.insert($0).inserted }
    for start in stride(from: 0, to: missing.count, by: Self.chunk) {
      try Task.checkCancellation()
      let part = Array(missing[start..<min(start + Self.chunk, missing.count)])
      try cache.append(part, await compute(part, done: start, total: missing.count))
    }
    var values: [Float] = []
    values.reserveCapacity(texts.count * dimension)
    for text in texts {
      guard let row = cache[text] else { preconditionFailure("every text was just embedded") }
      values += row
    }
    return EmbeddingMatrix(rows: texts.count, columns: dimension, values: values)
  }

  private func compute(
    _ texts: [String], done: Int, total: Int
  ) async throws -> EmbeddingMatrix {
    // Workers are threads, which belong to no task and cannot ask whether it is cancelled.
    let flag = CancellationFlag()
    return try await withTaskCancellationHandler {
      try encoder.embed(texts, pooling: layers, threads: threads) { [onProgress] count in
        if flag.isRaised { throw CancellationError() }
        onProgress(
          WorkProgress(activity: "embedding", unit: "texts", done: done + count, total: total))
      }
    } onCancel: {
      flag.raise()
    }
  }
}

/// Tells threads that work has been cancelled.
private final class CancellationFlag: Sendable {
  private let state = Atomic(false)

  var isRaised: Bool { state.load(ordering: .relaxed) }

  func raise() { state.store(true, ordering: .relaxed) }
}
