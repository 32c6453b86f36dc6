public import Foundation
import Suites

/// The event stream of one run on disk: `run.jsonl`, one object a line, only ever appended to.
///
/// An event is on disk before anything is done about it. A line torn by a crash is cut on reading.
public final class RunLog {
  public let folder: URL
  private let handle: FileHandle

  /// Starts the log of a new run in the first free `runs/<n>/`.
  ///
  /// - Throws: `RunError.cannotWrite` where the folder cannot be made.
  public init(runs: URL) throws {
    do {
      try FileManager.default.createDirectory(at: runs, withIntermediateDirectories: true)
      folder = try Self.makeNextFolder(in: runs)
      let file = folder.appendingPathComponent("run.jsonl")
      try Data().write(to: file)
      handle = try FileHandle(forWritingTo: file)
    } catch {
      throw RunError.cannotWrite(path: runs.path, reason: error.localizedDescription)
    }
  }

  /// Appends an event and waits until it is on disk.
  public func append(_ stamped: StampedEvent) throws {
    do {
      try handle.write(contentsOf: stamped.line())
      try handle.synchronize()
    } catch {
      throw RunError.cannotWrite(
        path: folder.appendingPathComponent("run.jsonl").path,
        reason: error.localizedDescription)
    }
  }

  /// Reads a log. A last line without its newline is what a crash left, and is dropped.
  ///
  /// - Throws: `RunError.brokenLog` for a line that is no event.
  public static func read(_ file: URL) throws -> [StampedEvent] {
    let data = try Data(contentsOf: file)
    guard let end = data.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
    var events: [StampedEvent] = []
    for (index, line) in data[..<end].split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).enumerated() {
      do {
        events.append(try StampedEvent.decoder.decode(StampedEvent.self, from: Data(line)))
      } catch {
        throw RunError.brokenLog(path: file.path, line: index + 1)
      }
    }
    return events
  }

  private static func makeNextFolder(in runs: URL) throws -> URL {
    let taken = try FileManager.default.contentsOfDirectory(atPath: runs.path).compactMap {
      Int($0)
    }
    let folder = runs.appendingPathComponent(String((taken.max() ?? 0) + 1))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    return folder
  }
}

/// An event with its place and time in the run. Only the time may differ between two runs of one
/// suite and seed.
public struct StampedEvent: Sendable, Hashable, Codable {
  /// Counted from 1.
  public var sequence: Int
  public var time: Date
  public var event: RunEvent

  private enum Key: String, CodingKey {
    case sequence, time
  }

  public init(sequence: Int, time: Date, event: RunEvent) {
    self.sequence = sequence
    self.time = time
    self.event = event
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    sequence = try container.decode(Int.self, forKey: .sequence)
    time = try container.decode(Date.self, forKey: .time)
    event = try RunEvent(from: decoder)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(sequence, forKey: .sequence)
    try container.encode(time, forKey: .time)
    try event.encode(to: encoder)
  }

  /// The event as it stands in `run.jsonl`, newline included.
  public func line() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return try encoder.encode(self) + [UInt8(ascii: "\n")]
  }

  static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return decoder
  }
}
