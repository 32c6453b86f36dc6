import Crypto
import Engine
import Foundation
import Suites
import Tuning

/// What is on disk of one tuning of the encoder, so that an interruption loses little of it:
/// `.hone/tuning/<key>/`.
///
/// The key names all that decides the result. Files are written aside and renamed.
struct TuningJournal: Sendable {
  let folder: URL

  private static let stateFile = "state.safetensors"
  private static let trialsFile = "trials.json"
  private static let resultFile = "tuned.json"

  init(folder: URL, key: [String]) {
    var hash = SHA256()
    for part in key { hash.update(data: Data("\(part.utf8.count):\(part)".utf8)) }
    self.folder = folder.appendingPathComponent(hash.finalize().hexadecimal(digits: 16))
  }

  // MARK: - Trials

  /// The trials that have ended, in order.
  var trials: [TuningTrial] { read([TuningTrial].self, Self.trialsFile) ?? [] }

  func keep(_ trials: [TuningTrial]) throws { try write(trials, Self.trialsFile) }

  // MARK: - The result

  var result: TunedCheckpoint? { read(TunedCheckpoint.self, Self.resultFile) }

  /// Keeps the result; the state that led there is of no use any more.
  func keep(_ result: TunedCheckpoint) throws {
    try write(result, Self.resultFile)
    dropState()
  }

  // MARK: - The state

  private var state: URL { folder.appendingPathComponent(Self.stateFile) }

  /// Whether the state on disk is one of `phase`.
  func holdsState(of phase: String) -> Bool {
    (try? SafetensorsFile(contentsOf: state))?.metadata["hone.phase"] == phase
  }

  /// Goes back to the state on disk.
  ///
  /// - Returns: The losses so far; nil for a damaged state, after which `tuning` is of no use.
  func restore(_ tuning: FineTuning) -> [Double]? {
    guard let notes = try? tuning.restore(contentsOf: state) else { return nil }
    let words = (notes["hone.losses"] ?? "").split(separator: " ")
    return words.compactMap { UInt64($0, radix: 16).map(Double.init(bitPattern:)) }
  }

  func keep(_ tuning: FineTuning, phase: String, losses: [Double]) throws {
    let words = losses.map { String($0.bitPattern, radix: 16) }.joined(separator: " ")
    try write(
      try tuning.state(notes: ["hone.phase": phase, "hone.losses": words]), Self.stateFile)
  }

  func dropState() {
    try? FileManager.default.removeItem(at: state)
  }

  // MARK: - Files

  private func read<Value: Decodable>(_ type: Value.Type, _ name: String) -> Value? {
    guard let data = try? Data(contentsOf: folder.appendingPathComponent(name)) else { return nil }
    return try? JSONDecoder().decode(type, from: data)
  }

  private func write(_ value: some Encodable, _ name: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    try write(encoder.encode(value), name)
  }

  private func write(_ data: Data, _ name: String) throws {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try data.write(to: folder.appendingPathComponent(name), options: .atomic)
    } catch {
      throw RunError.cannotWrite(path: folder.path, reason: error.localizedDescription)
    }
  }
}
