import NIOCore

/// Bytes of pages that are asked for more often than they change. Each is made once, however many
/// wait for it.
actor PageCache {
  /// What a page shows, and all that decides its bytes.
  struct Key: Hashable {
    var run: Int
    var kind: Kind
    var generation: Int
    var sequence: Int
    var isClosed: Bool
    var isLive: Bool
    var texts: Int
  }

  enum Kind: Hashable {
    case html
    case json
  }

  private var pages: [(key: Key, bytes: Task<ByteBuffer, any Error>)] = []
  private let limit: Int

  init(limit: Int = 16) {
    self.limit = limit
  }

  func bytes(
    _ key: Key, making make: @escaping @Sendable () throws -> ByteBuffer
  ) async throws -> ByteBuffer {
    if let index = pages.firstIndex(where: { $0.key == key }) {
      return try await pages[index].bytes.value
    }
    let task = Task { try await Background.run(make) }
    pages.removeAll { $0.key.run == key.run && $0.key.kind == key.kind }
    pages.append((key, task))
    if pages.count > limit { pages.removeFirst() }
    do {
      return try await task.value
    } catch {
      // It may go better the next time.
      pages.removeAll { $0.key == key }
      throw error
    }
  }
}
