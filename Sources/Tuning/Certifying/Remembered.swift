import Synchronization

/// Values of a pure function that were computed before, for all threads.
///
/// The exact tests of a plan take microseconds to a millisecond, which thousands of simulated runs
/// ask for over and over. The value depends on the key alone: remembering changes nothing but time.
final class Remembered<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let known = Mutex<[Key: Value]>([:])
  /// Values kept at most; then all are forgotten.
  private let most: Int

  init(most: Int = 10_000) {
    self.most = most
  }

  func value(for key: Key, _ compute: () -> Value) -> Value {
    if let value = known.withLock({ $0[key] }) { return value }
    let value = compute()
    known.withLock { known in
      if known.count >= most { known = [:] }
      known[key] = value
    }
    return value
  }
}
