import NIOCore
import RunStorage

/// A run as one JSON object: its number, whether it is over, and its event stream as it is exported.
struct RunData {
  var standing: RunStore.Standing
  var lines: [String]

  init(standing: RunStore.Standing, of store: RunStore) throws {
    self.standing = standing
    lines = try store.lines(of: standing.number)
  }

  func bytes() -> ByteBuffer {
    ByteBuffer(
      string: "{\"run\":\(standing.number),\"isClosed\":\(standing.isClosed),\"events\":["
        + lines.joined(separator: ",\n") + "]}\n")
  }
}
