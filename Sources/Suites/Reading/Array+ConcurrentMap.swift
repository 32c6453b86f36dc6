import Foundation

extension Array where Element: Sendable {
  /// Maps on all processors; the result is that of `map`, whatever their number.
  func concurrentMap<Result: Sendable>(_ transform: @Sendable (Element) -> Result) -> [Result] {
    // More pieces than processors, since some take longer than others.
    let pieces = Swift.min(count, 8 * ProcessInfo.processInfo.activeProcessorCount)
    guard pieces > 1 else { return map(transform) }
    var results = [[Result]](repeating: [], count: pieces)
    results.withUnsafeMutableBufferPointer { results in
      // Each iteration writes the results of its own piece only, and all have ended before this does.
      nonisolated(unsafe) let results = results
      DispatchQueue.concurrentPerform(iterations: pieces) { piece in
        let range = count * piece / pieces..<count * (piece + 1) / pieces
        results[piece] = self[range].map(transform)
      }
    }
    return Swift.Array(results.joined())
  }
}
