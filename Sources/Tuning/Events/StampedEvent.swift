public import Foundation

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

  /// The event as one line of the event stream, without a newline: JSON with sorted keys.
  public func line() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// Reads what `line` wrote.
  ///
  /// - Throws: `DecodingError`.
  public init(line: String) throws {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    self = try decoder.decode(StampedEvent.self, from: Data(line.utf8))
  }
}
