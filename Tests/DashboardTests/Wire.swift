import Dispatch
import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A connection to a port of this machine on which one writes what one likes, byte by byte.
final class Wire: Sendable {
  private let descriptor: Int32
  private let queue = DispatchQueue(label: "wire")

  init(port: Int) throws {
    #if canImport(Glibc)
      descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else { throw SceneError() }
    // What never comes is a failure, and no test that never ends.
    var patience = timeval(tv_sec: 120, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit {
    close(descriptor)
  }

  /// - Parameter lines: Of one request, or of more with empty lines between them.
  func send(_ lines: [String]) throws {
    let bytes = Array((lines + ["", ""]).joined(separator: "\r\n").utf8)
    #if canImport(Glibc)
      let sent = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    #else
      let sent = Darwin.send(descriptor, bytes, bytes.count, 0)
    #endif
    guard sent == bytes.count else { throw SceneError() }
  }

  /// Says that nothing more is sent; what was asked for still comes.
  func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Everything from here on until a text has come, or the other side has closed.
  func read(until end: String) async throws -> String {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { [descriptor] in
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while !String(decoding: received, as: UTF8.self).contains(end) {
          let count = recv(descriptor, &buffer, buffer.count, 0)
          guard count > 0 else { break }
          received += buffer.prefix(count)
        }
        continuation.resume(returning: String(decoding: received, as: UTF8.self))
      }
    }
  }

  /// A whole answer; the connection is closed after it.
  static func ask(_ request: String..., port: Int) async throws -> String {
    let wire = try Wire(port: port)
    try wire.send(request + ["Connection: close"])
    return try await wire.read(until: "no answer has this in it")
  }
}
