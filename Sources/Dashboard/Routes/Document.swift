import Crypto
import Foundation
import HTTPTypes
import NIOCore
import NIOHTTP1

/// What is made once and sent often: a page, its data, a fixed part. Plain and compressed, each with
/// a tag by which a client tells that it has it.
struct Document: Sendable {
  /// One of the two, with the fields that go with it.
  struct Form: Sendable {
    let bytes: ByteBuffer
    let tag: String
    let fields: HTTPFields
    /// For a client that has it: what would have come with the bytes, but not what is said of them.
    let unchangedFields: HTTPFields
    /// The two as they are sent without a server in between.
    let headers: HTTPHeaders
    let unchangedHeaders: HTTPHeaders

    fileprivate init(
      bytes: ByteBuffer, tag: String, fields: HTTPFields, unchangedFields: HTTPFields
    ) {
      self.bytes = bytes
      self.tag = tag
      self.fields = fields
      self.unchangedFields = unchangedFields
      headers = HTTPHeaders(fields.map { ($0.name.rawName, $0.value) })
      unchangedHeaders = HTTPHeaders(unchangedFields.map { ($0.name.rawName, $0.value) })
    }
  }

  private let plain: Form
  /// Nil where it would be no shorter.
  private let compressed: Form?

  /// - Parameter type: What it is, e.g. `text/css; charset=utf-8`.
  init(_ text: String, type: String) {
    let bytes = ByteBuffer(string: text)
    let name = bytes.withUnsafeReadableBytes { bytes in
      var hash = SHA256()
      hash.update(bufferPointer: bytes)
      return hash.finalize().prefix(8).map { String($0, radix: 36) }.joined(separator: "-")
    }
    plain = Self.form(bytes, type, tag: "\"\(name)\"", coding: nil)
    // Another representation, so another tag.
    compressed = Gzip.compressed(bytes).map {
      Self.form($0, type, tag: "\"\(name)-gzip\"", coding: "gzip")
    }
  }

  static func page(_ html: String) -> Document { Document(html, type: Answer.html) }

  /// The form for a client, by its `Accept-Encoding`.
  func form(accepting field: String) -> Form {
    guard let compressed, Gzip.isAccepted(by: field) else { return plain }
    return compressed
  }

  private static func form(
    _ bytes: ByteBuffer, _ type: String, tag: String, coding: String?
  ) -> Form {
    // It holds the user's texts: kept by a browser alone, which asks each time whether it is still so.
    var unchanged: HTTPFields = [
      .eTag: tag, .cacheControl: "private, no-cache", .vary: "Accept-Encoding",
    ]
    for (name, value) in Answer.safety { unchanged.append(HTTPField(name: name, value: value)) }
    var fields = unchanged
    fields.append(HTTPField(name: .contentType, value: type))
    fields.append(HTTPField(name: .contentLength, value: "\(bytes.readableBytes)"))
    if let coding { fields.append(HTTPField(name: .contentEncoding, value: coding)) }
    return Form(bytes: bytes, tag: tag, fields: fields, unchangedFields: unchanged)
  }
}

extension Document.Form {
  /// Whether a client has this one, by its `If-None-Match`.
  func isKnown(by field: String) -> Bool {
    !field.isEmpty
      && field.utf8.split(separator: UInt8(ascii: ",")).contains { part in
        var word = Substring(part).trimmingCharacters(in: .whitespaces)
        // Weak comparison: RFC 9110, 13.1.2.
        if word.hasPrefix("W/") { word.removeFirst(2) }
        return word == tag || word == "*"
      }
  }
}

extension HTTPFields {
  /// The values of a field that may come more than once, as one.
  func all(_ name: HTTPField.Name) -> String { self[values: name].joined(separator: ",") }
}
