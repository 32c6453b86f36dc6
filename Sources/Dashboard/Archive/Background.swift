import Dispatch

/// Where what takes long is done, so that short requests need not wait behind it.
enum Background {
  private static let queue = DispatchQueue(
    label: "hone.dashboard", qos: .utility, attributes: .concurrent)

  static func run<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result { try work() }) }
    }
  }
}
