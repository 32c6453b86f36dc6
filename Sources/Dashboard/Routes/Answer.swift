import HTTPTypes
import Hummingbird
import NIOCore

/// What a request is answered with, before the headers that every answer has.
enum Answer {
  /// What is kept, and not sent again to who has it.
  case document(Document)
  /// What nobody keeps.
  case once(status: HTTPResponse.Status, type: String, body: ResponseBody, fields: HTTPFields)

  static let html = "text/html; charset=utf-8"

  /// A page for this request alone.
  static func page(
    _ text: String, status: HTTPResponse.Status = .ok, fields: HTTPFields = [:]
  ) -> Answer {
    let body = ResponseBody(byteBuffer: ByteBuffer(string: text))
    return .once(status: status, type: html, body: body, fields: fields)
  }

  /// An answer without a body.
  static func empty(
    _ status: HTTPResponse.Status, type: String, fields: HTTPFields = [:]
  ) -> Answer {
    .once(status: status, type: type, body: ResponseBody(), fields: fields)
  }

  /// The whole response to a request.
  func response(to request: Request) -> Response {
    let response: Response
    switch self {
    case .document(let document):
      let form = document.form(accepting: request.headers.all(.acceptEncoding))
      if form.isKnown(by: request.headers.all(.ifNoneMatch)) {
        return Response(status: .notModified, headers: form.unchangedFields).withoutLength()
      }
      response = Response(
        status: .ok, headers: form.fields, body: ResponseBody(byteBuffer: form.bytes))
    case .once(let status, let type, let body, var fields):
      fields[.contentType] = type
      fields[.cacheControl] = "no-store"
      for (name, value) in Self.safety { fields[name] = value }
      response = Response(status: status, headers: fields, body: body)
      if status == .noContent { return response.withoutLength() }
    }
    guard request.method == .head else { return response }
    // The same headers, and nothing behind them.
    let head = response.createHeadResponse()
    return response.body.contentLength == nil ? head.withoutLength() : head
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
}

extension Response {
  /// The same where no length belongs: it would be that of the body that is not sent.
  fileprivate func withoutLength() -> Response {
    var response = self
    response.headers[.contentLength] = nil
    return response
  }
}

extension HTTPField.Name {
  static let lastEventID = named("Last-Event-ID")

  static func named(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is a field's name") }
    return name
  }
}
