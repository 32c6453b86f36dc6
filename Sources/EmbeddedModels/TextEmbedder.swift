public import Engine
import Synchronization
import Tuning

/// Turns texts into embeddings, each text once: from the cache, else computed and kept.
public struct TextEmbedder: Sendable {
  public let encoder: SentenceEncoder
  private let cache: EmbeddingCache?
  private let threads: Int
  private let onProgress: @Sendable (WorkProgress) -> Void

  /// Texts computed between two writes to the cache; an interruption loses at most so many.
  private static let chunk = 512

  init(
    encoder: SentenceEncoder, cache: EmbeddingCache?, threads: Int,
    onProgress: @escaping @Sendable (WorkProgress) -> Void
  ) {
    self.encoder = encoder
    self.cache = cache
    self.threads = threads
    self.onProgress = onProgress
  }

  /// The embeddings of `texts` in order, shape [texts, dimension], L2-normalised.
  ///
  /// - Throws: `CancellationError` between chunks; what was computed until then is kept.
  public func embed(_ texts: [String]) async throws -> EmbeddingMatrix {
    guard let cache else { return try compute(texts, done: 0, total: texts.count) }
    var seen: Set<String> = []
    let missing = texts.filter { cache[$0] == nil && seen.insert($0).inserted }
    for start in stride(from: 0, to: missing.count, by: Self.chunk) {
      try Task.checkCancellation()
      let part = Array(missing[start..<min(start + Self.chunk, missing.count)])
      try cache.append(part, compute(part, done: start, total: missing.count))
    }
    var values: [Float] = []
    values.reserveCapacity(texts.count * encoder.dimension)
    for text in texts {
      guard let row = cache[text] else { preconditionFailure("every text was just embedded") }
      values += row
    }
    return EmbeddingMatrix(rows: texts.count, columns: encoder.dimension, values: values)
  }

  private func compute(_ texts: [String], done: Int, total: Int) throws -> EmbeddingMatrix {
    let onProgress = onProgress
    return try encoder.embed(texts, threads: threads) { count in
      onProgress(
        WorkProgress(activity: "embedding", unit: "texts", done: done + count, total: total))
    }
  }
}
