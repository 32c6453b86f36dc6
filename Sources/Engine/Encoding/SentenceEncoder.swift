import Crypto
public import Foundation
import Synchronization

/// A sentence-transformers model with mean pooling, on the CPU: BERT, DistilBERT, RoBERTa or XLM-R.
///
/// A text's embedding has the same bits whatever else is embedded with it and on any number of
/// threads, on one kind of processor kernel (`kernelName`).
public final class SentenceEncoder: Sendable {
  /// Length of an embedding.
  public let dimension: Int
  /// Tokens of a text that are looked at, those around it included.
  public let maximumLength: Int
  /// `sha256:` and the hash of configuration, tokenizer and weights.
  public let identity: String
  public let tokenizer: Tokenizer
  /// Where it was loaded from.
  public let folder: URL
  let weights: EncoderWeights
  let configuration: EncoderConfiguration
  private let alignment: Int
  /// The weights' file, for errors.
  private let weightsPath: String

  /// The kernel that the matrix products run on, e.g. `SkylakeX`; bits depend on it.
  public static var kernelName: String { BLAS.kernelName }

  /// Loads a Hugging Face folder.
  ///
  /// - Throws: `EngineError`, which names the file and what is wrong with it.
  public init(folder: URL) throws {
    self.folder = folder
    let files = try ModelFolder(folder)
    configuration = try EncoderConfiguration(contentsOf: files.configuration)
    tokenizer = try Tokenizer(contentsOf: files.tokenizer)
    guard tokenizer.vocabularySize <= configuration.vocabularySize else {
      throw EngineError.malformed(
        path: files.tokenizer.path,
        problem: "it knows \(tokenizer.vocabularySize) tokens, and the model "
          + "\(configuration.vocabularySize)")
    }
    maximumLength = min(
      files.lengthLimit, configuration.maximumPositions, ForwardPass.capacity)
    guard tokenizer.templateCount < maximumLength else {
      throw EngineError.malformed(
        path: files.tokenizer.path,
        problem: "it puts \(tokenizer.templateCount) tokens around each text, and the model reads "
          + "\(maximumLength)")
    }
    try files.checkWeights()
    weightsPath = files.weights.path
    weights = try EncoderWeights(SafetensorsFile(contentsOf: files.weights), configuration)
    alignment = RowAlignment.measured(weights)
    dimension = configuration.hiddenSize
    var hash = SHA256()
    for file in [files.configuration, files.tokenizer, files.weights] {
      let content = try Data(contentsOf: file, options: .alwaysMapped)
      hash.update(data: Data(SHA256.hash(data: content)))
    }
    hash.update(data: Data("\(maximumLength)".utf8))
    identity = "sha256:" + hash.finalize().map { String(format: "%02x", $0) }.joined()
  }

  /// The same encoder with other weights of the same shape.
  func replacing(weights: EncoderWeights, identity: String) -> SentenceEncoder {
    SentenceEncoder(self, weights: weights, identity: identity)
  }

  /// The same encoder under another name.
  public func identified(as identity: String) -> SentenceEncoder {
    replacing(weights: weights, identity: identity)
  }

  private init(_ other: SentenceEncoder, weights: EncoderWeights, identity: String) {
    dimension = other.dimension
    folder = other.folder
    maximumLength = other.maximumLength
    tokenizer = other.tokenizer
    configuration = other.configuration
    alignment = other.alignment
    weightsPath = other.weightsPath
    self.weights = weights
    self.identity = identity
  }

  /// The layers of the encoder, counted from 1.
  public var layers: Int { configuration.layers }

  /// As in `config.json`, e.g. `roberta`.
  public var architecture: String { configuration.architecture.rawValue }

  /// Numbers of the encoder.
  public var parameters: Int { weights.count }

  /// Embeds texts, L2-normalised, shape [texts, dimension], in the order given.
  ///
  /// - Parameters:
  ///   - pooled: Layers to pool, counted from 1, in rising order; each gives one normalised block
  ///     of `dimension` columns. The default is the last one: the model's own embedding.
  ///   - threads: Workers at most; the bits do not depend on it.
  ///   - progress: Called from any worker with the texts done so far. What it throws ends the
  ///     work early and is thrown on.
  /// - Throws: What `progress` throws, and `EngineError` for weights whose embeddings are no
  ///   finite numbers.
  public func embed(
    _ texts: [String], pooling pooled: [Int]? = nil, threads: Int,
    progress: (@Sendable (_ done: Int) throws -> Void)? = nil
  ) throws -> EmbeddingMatrix {
    let pooled = pooled ?? [layers]
    precondition(
      !pooled.isEmpty && zip(pooled, pooled.dropFirst()).allSatisfy { $0 < $1 }
        && pooled.allSatisfy((1...layers).contains), "layers to pool exist and rise")
    let columns = pooled.count * dimension
    var values = [Float](repeating: 0, count: texts.count * columns)
    let sequences = texts.map { tokenizer.encode($0, maximumLength: maximumLength) }
    let batches = Self.batches(
      lengths: sequences.map { RowAlignment.rows(of: $0.count, alignment: alignment) })
    try values.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let work = BatchQueue(batches: batches, progress: progress)
      // Each batch writes the rows of its own texts only, and the buffer outlives the workers.
      nonisolated(unsafe) let out = base
      work.run(threads: min(max(1, threads), max(1, batches.count))) {
        [weights, configuration, alignment] in
        let pass = ForwardPass(
          weights: weights, configuration: configuration, alignment: alignment)
        return { batch in
          pass.run(
            batch.map { sequences[$0] }, pooling: pooled, out: batch.map { out + $0 * columns })
        }
      }
      if let error = work.failure { throw error }
    }
    guard values.allSatisfy(\.isFinite) else {
      throw EngineError.malformed(
        path: weightsPath, problem: "its numbers give embeddings that are not finite")
    }
    return EmbeddingMatrix(rows: texts.count, columns: columns, values: values)
  }

  /// Packs sequences into batches that fill the buffers well: long ones first, each into the
  /// first batch with room. Indices into `lengths`, which are rows.
  static func batches(lengths: [Int]) -> [[Int]] {
    let order = lengths.indices.sorted { (lengths[$1], $0) < (lengths[$0], $1) }
    var batches: [(room: Int, members: [Int])] = []
    var firstOpen = 0
    for index in order {
      let length = lengths[index]
      // Rooms too small for anything are not looked at again.
      while firstOpen < batches.count && batches[firstOpen].room < 2 { firstOpen += 1 }
      let fitting = batches[firstOpen...].prefix(64).firstIndex { $0.room >= length }
      if let fitting {
        batches[fitting].room -= length
        batches[fitting].members.append(index)
      } else {
        if batches.count - firstOpen >= 64 { firstOpen += 1 }
        batches.append((ForwardPass.capacity - length, [index]))
      }
    }
    return batches.map(\.members)
  }

  // MARK: - For benchmarks

  /// The widths of a token's row between the layers and inside the feed-forward part.
  package var widths: (hidden: Int, intermediate: Int) {
    (configuration.hiddenSize, configuration.intermediateSize)
  }

  /// The rows of the matrix products of each batch that texts are packed into.
  package func packedRows(_ texts: [String]) -> [Int] {
    let lengths = texts.map {
      RowAlignment.rows(
        of: tokenizer.encode($0, maximumLength: maximumLength).count, alignment: alignment)
    }
    return Self.batches(lengths: lengths).map { batch in
      let rows = batch.reduce(0) { $0 + lengths[$1] }
      return (rows + ForwardPass.tile - 1) / ForwardPass.tile * ForwardPass.tile
    }
  }
}
