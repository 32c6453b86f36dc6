public import Foundation

/// A state of tuning on disk: every tuned tensor with its moments, and the steps made.
extension FineTuning {
  /// The state right after a step, as a safetensors file. The same state gives the same bytes.
  ///
  /// - Parameter notes: What the caller wants to find beside it.
  public func state(notes: [String: String]) throws -> Data {
    var tensors: [SafetensorsFile.Tensor] = []
    for parameter in tunedParameters {
      guard let tuning = parameter.tuning else { continue }
      let shape = parameter.shape
      tensors.append((parameter.name, shape, parameter.values.values))
      tensors.append(("\(parameter.name):m", shape, tuning.firstMoment.values))
      tensors.append(("\(parameter.name):v", shape, tuning.secondMoment.values))
    }
    for table in encoder.tables {
      guard let tuning = table.tuning else { continue }
      let shape = [table.rows, table.width]
      tensors.append((table.name, shape, table.values.values))
      tensors.append(("\(table.name):m", shape, tuning.firstMoment.values))
      tensors.append(("\(table.name):v", shape, tuning.secondMoment.values))
      // Step counts are far below 2²⁴, so Float32 holds them exactly.
      tensors.append(("\(table.name):made", [table.rows], tuning.made.map { Float($0) }))
    }
    let rates = history.rates.map { String($0.bitPattern, radix: 16) }.joined(separator: " ")
    return try SafetensorsFile.content(
      tensors, metadata: notes.merging(["hone.rates": rates]) { note, _ in note })
  }

  /// Goes back to a state of this same tuning.
  ///
  /// - Returns: The notes beside it.
  /// - Throws: `EngineError` for a file that is no state of it; this value is of no use then.
  public func restore(contentsOf url: URL) throws -> [String: String] {
    let file = try SafetensorsFile(contentsOf: url)
    for parameter in tunedParameters {
      guard let tuning = parameter.tuning else { continue }
      let shape = parameter.shape
      parameter.values.set(try file.floats(parameter.name, shape: shape))
      tuning.firstMoment.set(try file.floats("\(parameter.name):m", shape: shape))
      tuning.secondMoment.set(try file.floats("\(parameter.name):v", shape: shape))
    }
    for table in encoder.tables where table.tuning != nil {
      let shape = [table.rows, table.width]
      table.restore(
        values: try file.floats(table.name, shape: shape),
        firstMoment: try file.floats("\(table.name):m", shape: shape),
        secondMoment: try file.floats("\(table.name):v", shape: shape),
        made: try file.floats("\(table.name):made", shape: [table.rows]).map { Int32($0) })
    }
    let words = (file.metadata["hone.rates"] ?? "").split(separator: " ")
    let rates = words.compactMap { UInt64($0, radix: 16).map(Double.init(bitPattern:)) }
    guard rates.count == words.count else {
      throw EngineError.malformed(path: url.path, problem: "its learning rates are no numbers")
    }
    history = EmbeddingTable.History()
    for (index, rate) in rates.enumerated() {
      history.append(optimizer.step(index + 1, rate: rate), rate: rate)
    }
    return file.metadata
  }

  private var tunedParameters: [Parameter] {
    encoder.parameters.filter(\.isTuned) + head.parameters
  }
}
