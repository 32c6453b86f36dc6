import Foundation

/// Float32 memory at a fixed address, zeroed, for code that works on pointers.
///
/// Pages that are never written cost nothing.
final class FloatBuffer {
  /// Aligned to 64 bytes.
  let start: UnsafeMutablePointer<Float>
  let count: Int
  private let block: UnsafeMutableRawPointer

  init(count: Int) {
    let bytes = max(1, count) * MemoryLayout<Float>.stride + 64
    guard let block = calloc(1, bytes) else { preconditionFailure("no memory for \(bytes) bytes") }
    self.block = block
    self.count = count
    start = UnsafeMutableRawPointer(
      bitPattern: (UInt(bitPattern: block) + 63) & ~63)!.assumingMemoryBound(to: Float.self)
  }

  convenience init(_ values: [Float]) {
    self.init(count: values.count)
    values.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { start.update(from: base, count: count) }
    }
  }

  deinit { free(block) }

  var values: [Float] { Array(UnsafeBufferPointer(start: start, count: count)) }

  /// - Precondition: `values` has as many elements.
  func set(_ values: [Float]) {
    precondition(values.count == count, "values fill the buffer")
    values.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { start.update(from: base, count: count) }
    }
  }

  func setToZero() {
    start.update(repeating: 0, count: count)
  }
}
