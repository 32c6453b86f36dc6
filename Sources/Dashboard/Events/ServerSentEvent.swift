import Foundation

/// One message of an event stream, as browsers read it.
///
/// Source: HTML Living Standard, 9.2 Server-sent events.
struct ServerSentEvent: Sendable, Hashable {
  var name: String
  /// What the browser names when it connects again; nil leaves that as it was.
  var id: Int?
  /// One line: JSON without line breaks.
  var data: String

  init(_ name: String, id: Int? = nil, data: String = "{}") {
    precondition(!data.utf8.contains { $0 == 0x0A || $0 == 0x0D }, "data is one line")
    self.name = name
    self.id = id
    self.data = data
  }

  var text: String {
    (id.map { "id: \($0)\n" } ?? "") + "event: \(name)\ndata: \(data)\n\n"
  }

  /// A line that says nothing, so that either side hears where the other is gone.
  static let heartbeat = ": \n\n"

  /// How long the browser waits before it connects again.
  static let retry = "retry: 2000\n\n"

  /// An object as one line of JSON.
  static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
