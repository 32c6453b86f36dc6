import Foundation

extension SafetensorsFile {
  /// A tensor to write; row-major values.
  typealias Tensor = (name: String, shape: [Int], values: [Float])

  /// The content of a file of Float32 tensors; the same tensors give the same bytes.
  ///
  /// - Parameters:
  ///   - tensors: In the order in which their data shall stand; row-major values.
  ///   - metadata: Text beside the tensors.
  static func content(
    _ tensors: [Tensor], metadata: [String: String]
  ) throws -> Data {
    var header: [String: Any] = metadata.isEmpty ? [:] : ["__metadata__": metadata]
    var data = Data()
    for tensor in tensors {
      precondition(
        tensor.shape.reduce(1, *) == tensor.values.count, "a tensor's values fill its shape")
      let start = data.count
      tensor.values.withUnsafeBytes { data.append(contentsOf: $0) }
      header[tensor.name] = [
        "dtype": "F32", "shape": tensor.shape, "data_offsets": [start, data.count],
      ]
    }
    var json = try JSONSerialization.data(
      withJSONObject: header, options: [.sortedKeys, .withoutEscapingSlashes])
    json.append(contentsOf: Array(repeating: UInt8(ascii: " "), count: (8 - json.count % 8) % 8))
    let length = withUnsafeBytes(of: UInt64(json.count).littleEndian) { Data($0) }
    return length + json + data
  }
}
