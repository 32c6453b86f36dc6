import Crypto
public import Foundation
public import Suites

/// The replies of one model, kept on disk: an unchanged model is asked about each text once.
///
/// What cannot be read counts as not there; a file that cannot be written costs time, not truth.
public struct ReplayCache: Sendable {
  private let file: URL

  /// - Parameters:
  ///   - folder: Where caches are kept.
  ///   - key: Names the model: changes with anything that could change a reply.
  public init(folder: URL, key: String) {
    let name = SHA256.hash(data: Data("replies-1\0\(key)".utf8)).hexadecimal(digits: 16)
    file = folder.appendingPathComponent("replies-\(name).json")
  }

  /// Replays a suite: with the replies that are kept, and those of the model for the others.
  ///
  /// - Parameter load: Called only where a reply is missing.
  /// - Throws: What `load` and the model throw.
  public func replay(
    _ suite: DealtSuite, load: () async throws -> (TestedModel, any Model)
  ) async throws -> Replay {
    let prompts = Replay.prompts(for: suite)
    let keys = prompts.map { Self.key($0.text) }
    var kept = read()
    var asked: Set<String> = []
    let missing = zip(keys, prompts).filter { key, _ in
      kept?.replies[key] == nil && asked.insert(key).inserted
    }
    if kept == nil || !missing.isEmpty {
      let (tested, model) = try await load()
      var contents = kept?.model == tested ? kept! : Contents(model: tested, replies: [:])
      let needed =
        kept?.model == tested
        ? missing : Array(Dictionary(zip(keys, prompts)) { first, _ in first }.map { ($0, $1) })
      let replies = try await model.replies(to: needed.map(\.1))
      for (key, reply) in zip(needed.map(\.0), replies) {
        contents.replies[key] = Kept(reply)
      }
      write(contents)
      kept = contents
    }
    guard let kept else { preconditionFailure("replies were just read or had") }
    return Replay(
      model: kept.model,
      replies: keys.map { kept.replies[$0]?.reply ?? .failure(reason: "no reply was kept") },
      suite: suite)
  }

  private static func key(_ text: String) -> String {
    SHA256.hash(data: Data(text.utf8)).hexadecimal(digits: 32)
  }

  // MARK: - The file

  private struct Contents: Codable {
    var model: TestedModel
    /// By the hash of the text.
    var replies: [String: Kept]
  }

  private struct Kept: Codable {
    var label: String?
    var probability: Double?
    /// Missing in files of versions that did not keep it: unknown.
    var margin: Double?
    var failure: String?

    init(_ reply: Reply) {
      switch reply {
      case .label(let label, let probability, let margin):
        self.label = label
        self.probability = probability.isFinite ? probability : nil
        self.margin = margin.flatMap { $0.isFinite ? $0 : nil }
      case .failure(let reason): failure = reason
      }
    }

    var reply: Reply {
      label.map { .label($0, probability: probability ?? 0, margin: margin) }
        ?? .failure(reason: failure ?? "no reply was kept")
    }
  }

  private func read() -> Contents? {
    guard let data = try? Data(contentsOf: file) else { return nil }
    return try? JSONDecoder().decode(Contents.self, from: data)
  }

  private func write(_ contents: Contents) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    guard let data = try? encoder.encode(contents) else { return }
    try? FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? data.write(to: file, options: .atomic)
  }
}
