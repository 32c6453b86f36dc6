public import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A safetensors file, mapped into memory: named tensors that are read where they lie.
///
/// ```
/// header length: UInt64 | header: JSON {name: {dtype, shape, data_offsets: [begin, end]}} | data
/// ```
///
/// Nothing of the file is trusted: lengths, offsets and shapes are checked before anything is
/// touched or allocated.
///
/// Source: https://github.com/huggingface/safetensors (format description).
public final class SafetensorsFile: Sendable {
  /// One tensor's place in the file.
  public struct Entry: Sendable, Hashable {
    public var dtype: String
    public var shape: [Int]
    /// Bytes from the start of the data.
    var range: Range<Int>

    public var count: Int { shape.reduce(1, *) }
  }

  public let entries: [String: Entry]
  public let metadata: [String: String]
  private let path: String
  private let bytes: Data
  private let dataStart: Int

  private static let elementSizes = [
    "F64": 8, "F32": 4, "F16": 2, "BF16": 2, "I64": 8, "I32": 4, "I16": 2, "I8": 1, "U8": 1,
    "BOOL": 1,
  ]
  private static let longestHeader = 100 << 20

  /// Maps a file and checks its header.
  ///
  /// - Throws: `EngineError`.
  public init(contentsOf url: URL) throws {
    path = url.path
    do {
      bytes = try Data(contentsOf: url, options: .alwaysMapped)
    } catch {
      throw EngineError.unreadable(path: url.path, reason: "no such file, or no permission")
    }
    guard bytes.count >= 8 else {
      throw EngineError.malformed(path: url.path, problem: "too short for a safetensors header")
    }
    let length = bytes.withUnsafeBytes {
      UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: 0, as: UInt64.self))
    }
    guard length <= UInt64(bytes.count - 8), length <= Self.longestHeader else {
      throw EngineError.malformed(
        path: url.path,
        problem: "its header claims \(length) bytes, and the file has \(bytes.count)")
    }
    dataStart = 8 + Int(length)
    (entries, metadata) = try Self.parse(
      bytes.subdata(in: 8..<dataStart), dataLength: bytes.count - dataStart, path: url.path)
  }

  /// The values of a tensor, converted to Float32, row-major.
  ///
  /// - Throws: `EngineError.malformed` where it is missing or of another shape,
  ///   `EngineError.unsupported` for an element type that is no float.
  public func floats(_ name: String, shape: [Int]) throws -> [Float] {
    guard let entry = entries[name] else {
      throw EngineError.malformed(path: path, problem: "tensor '\(name)' is missing")
    }
    guard entry.shape == shape else {
      throw EngineError.malformed(
        path: path, problem: "tensor '\(name)' has shape \(entry.shape), expected \(shape)")
    }
    let start = dataStart + entry.range.lowerBound
    return try bytes.withUnsafeBytes { raw in
      let data = UnsafeRawBufferPointer(rebasing: raw[start..<start + entry.range.count])
      switch entry.dtype {
      case "F32":
        return [Float](unsafeUninitializedCapacity: entry.count) { buffer, count in
          UnsafeMutableRawBufferPointer(buffer).copyMemory(from: data)
          count = entry.count
        }
      case "F16":
        return (0..<entry.count).map {
          Self.half(data.loadUnaligned(fromByteOffset: 2 * $0, as: UInt16.self))
        }
      case "BF16":
        return (0..<entry.count).map {
          Float(
            bitPattern: UInt32(data.loadUnaligned(fromByteOffset: 2 * $0, as: UInt16.self)) << 16)
        }
      default:
        throw EngineError.unsupported(
          path: path, what: "element type \(entry.dtype) of tensor '\(name)'",
          known: "F32, F16, BF16")
      }
    }
  }

  private static func half(_ bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = Int((bits >> 10) & 0x1F)
    let fraction = UInt32(bits & 0x3FF)
    switch exponent {
    case 0:
      let value = Float(fraction) * 0x1p-24
      return sign == 0 ? value : -value
    case 31:
      return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
    default:
      return Float(bitPattern: sign | UInt32(exponent + 112) << 23 | fraction << 13)
    }
  }

  // MARK: - The header

  private static func parse(
    _ header: Data, dataLength: Int, path: String
  ) throws -> (entries: [String: Entry], metadata: [String: String]) {
    guard let object = try? JSONSerialization.jsonObject(with: header) as? [String: Any] else {
      throw EngineError.malformed(path: path, problem: "its header is no JSON object")
    }
    var entries: [String: Entry] = [:]
    var metadata: [String: String] = [:]
    for (name, value) in object {
      if name == "__metadata__" {
        metadata = value as? [String: String] ?? [:]
        continue
      }
      entries[name] = try entry(name, value, dataLength: dataLength, path: path)
    }
    let ranges = entries.values.map(\.range).sorted { $0.lowerBound < $1.lowerBound }
    for (first, second) in zip(ranges, ranges.dropFirst())
    where second.lowerBound < first.upperBound {
      throw EngineError.malformed(path: path, problem: "its tensors overlap")
    }
    return (entries, metadata)
  }

  private static func entry(
    _ name: String, _ value: Any, dataLength: Int, path: String
  ) throws -> Entry {
    guard let fields = value as? [String: Any], let dtype = fields["dtype"] as? String,
      let shape = fields["shape"] as? [Int], let offsets = fields["data_offsets"] as? [Int],
      offsets.count == 2, shape.allSatisfy({ $0 >= 0 })
    else {
      throw EngineError.malformed(
        path: path, problem: "tensor '\(name)' lacks dtype, shape or data_offsets")
    }
    guard let size = elementSizes[dtype] else {
      throw EngineError.unsupported(
        path: path, what: "element type \(dtype) of tensor '\(name)'", known: "F32, F16, BF16")
    }
    var length = size
    for dimension in shape {
      let (product, overflow) = length.multipliedReportingOverflow(by: dimension)
      guard !overflow else {
        throw EngineError.malformed(path: path, problem: "tensor '\(name)' has an impossible shape")
      }
      length = product
    }
    guard offsets[0] >= 0, offsets[1] >= offsets[0], offsets[1] <= dataLength else {
      throw EngineError.malformed(
        path: path,
        problem: "tensor '\(name)' lies outside the file, which is truncated or damaged")
    }
    guard offsets[1] - offsets[0] == length else {
      throw EngineError.malformed(
        path: path, problem: "tensor '\(name)' has a shape that does not fit its bytes")
    }
    return Entry(dtype: dtype, shape: shape, range: offsets[0]..<offsets[1])
  }
}
