import CZlib
import NIOCore

/// Content coding `gzip`.
///
/// Source: RFC 9110, 8.4.1.3 and 12.5.3; RFC 1952.
enum Gzip {
  /// The bytes compressed, the same for the same bytes; nil where that makes them no shorter.
  static func compressed(_ bytes: ByteBuffer) -> ByteBuffer? {
    var stream = z_stream()
    // 16 more than the largest window asks for gzip's frame; its header has no name and no time.
    let status = deflateInit2_(
      &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY,
      ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib has memory, and is of the version that was compiled with")
    defer { deflateEnd(&stream) }
    let bound = Int(deflateBound(&stream, UInt(bytes.readableBytes)))
    var result = ByteBufferAllocator().buffer(capacity: bound)
    let written = bytes.withUnsafeReadableBytes { source in
      result.writeWithUnsafeMutableBytes(minimumWritableBytes: bound) { target in
        // zlib reads there, and writes nothing.
        stream.next_in = UnsafeMutablePointer(
          mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_out = UInt32(target.count)
        let status = deflate(&stream, Z_FINISH)
        precondition(status == Z_STREAM_END, "the bound holds whatever is compressed")
        return target.count - Int(stream.avail_out)
      }
    }
    guard written < bytes.readableBytes else { return nil }
    // Not the room that was taken for what cannot be compressed: it is kept as long as the page.
    return ByteBuffer(bytes: result.readableBytesView)
  }

  /// Whether a client takes it, by its `Accept-Encoding`; not where it says nothing.
  static func isAccepted(by field: String) -> Bool {
    var others = false
    for part in field.lowercased().utf8.split(separator: UInt8(ascii: ",")) {
      let words = part.split(separator: UInt8(ascii: ";")).map(Self.trimmed)
      guard let coding = words.first else { continue }
      let weight = words.dropFirst().first { $0.hasPrefix("q=") }
      // A weight that is no number is taken for a refusal: plain bytes are right for everybody.
      let isTaken = weight.map { (Double($0.dropFirst(2)) ?? 0) > 0 } ?? true
      if coding == "gzip" { return isTaken }
      if coding == "*" { others = isTaken }
    }
    return others
  }

  private static func trimmed(_ bytes: Substring.UTF8View) -> Substring {
    let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    var bytes = bytes.drop(while: isSpace)
    while let last = bytes.last, isSpace(last) { bytes.removeLast() }
    return Substring(bytes)
  }
}
