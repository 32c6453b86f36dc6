import Synchronization

/// The embedders of encoders that tuning made, loaded once each, and the texts to embed with them.
final class TunedEmbedders: Sendable {
  private struct State {
    var texts: [String] = []
    /// The latest last; only a few are kept, since each holds a model.
    var embedders: [(identity: String, embedder: TextEmbedder)] = []
  }

  private static let kept = 3
  private let state = Mutex(State())

  var texts: [String] { state.withLock { $0.texts } }

  func prepare(for texts: [String]) {
    state.withLock { $0.texts = texts }
  }

  func embedder(of identity: String, load: () throws -> TextEmbedder) throws -> TextEmbedder {
    if let known = state.withLock({ $0.embedders.first { $0.identity == identity } }) {
      return known.embedder
    }
    let embedder = try load()
    state.withLock {
      $0.embedders = $0.embedders.suffix(Self.kept - 1) + [(identity, embedder)]
    }
    return embedder
  }
}
