import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// What a request is answered with, before the headers that every answer has.
struct Answer {
  var status: HTTPResponse.Status = .ok
  var type: String
  var body: ResponseBody
  var fields: HTTPFields = [:]
  /// A part that stays the same for one version of the tool; nil for what must not be kept.
  var tag: String?

  /// A page; its bytes may be kept by the server and by nobody else.
  static func page(_ html: String, status: HTTPResponse.Status = .ok) -> Answer {
    page(ByteBuffer(string: html), status: status)
  }

  static func page(_ html: ByteBuffer, status: HTTPResponse.Status = .ok) -> Answer {
    Answer(
      status: status, type: "text/html; charset=utf-8", body: ResponseBody(byteBuffer: html))
  }

  static func json(_ bytes: ByteBuffer) -> Answer {
    Answer(type: "application/json", body: ResponseBody(byteBuffer: bytes))
  }

  /// The whole response to a request.
  func response(to request: Request) -> Response {
    var fields = self.fields
    fields[.contentType] = type
    var body = body
    var status = status
    if let tag {
      fields[.eTag] = tag
      fields[.cacheControl] = "no-cache"
      let known = request.headers[values: .ifNoneMatch].joined(separator: ",")
      if known.split(separator: ",").contains(where: {
        $0.trimmingCharacters(in: .whitespaces) == tag
      }) {
        (status, body) = (.notModified, ResponseBody())
        fields[.contentType] = nil
      }
    } else {
      fields[.cacheControl] = "no-store"
    }
    for (name, value) in Self.safety { fields[name] = value }
    if let length = body.contentLength, status != .notModified, status != .noContent {
      fields[.contentLength] = "\(length)"
    }
    let response = Response(status: status, headers: fields, body: body)
    // The same headers, and nothing behind them.
    return request.method == .head ? response.createHeadResponse() : response
  }

  /// What a browser is told about every answer: nothing runs but the one script, nothing is fetched
  /// from elsewhere, no other page may frame, open or read this one.
  static let safety: [(HTTPField.Name, String)] = [
    (
      .contentSecurityPolicy,
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    (.xContentTypeOptions, "nosniff"),
    (.named("Referrer-Policy"), "no-referrer"),
    (.named("Cross-Origin-Opener-Policy"), "same-origin"),
    (.named("Cross-Origin-Resource-Policy"), "same-origin"),
  ]

  /// The tag of a part by its content.
  static func tag(of text: String) -> String {
    "\"" + SHA256.hash(data: Data(text.utf8)).prefix(8).map { String($0, radix: 36) }.joined()
      + "\""
  }
}

extension HTTPField.Name {
  static let lastEventID = named("Last-Event-ID")

  static func named(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is a field's name") }
    return name
  }
}
