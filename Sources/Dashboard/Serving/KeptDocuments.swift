import Foundation
import NIOCore
import NIOHTTP1
import Synchronization

/// Answers requests for documents that are kept, where they are read, and passes on all others.
///
/// What the server does for a request otherwise (a task, two changes of form, a response that waits to be
/// written) costs more than to find the document and to send it. Of one connection.
final class KeptDocuments: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  private let dashboard: Dashboard
  private let rest: Rest
  /// Requests that were passed on and have no answer yet: what follows must not overtake it.
  private var passedOn = 0
  /// Whether the request that is being read is answered.
  private var isAnswered = false
  /// Whether the client wants no other answer on this connection.
  private var isLast = false
  /// Whether all was read that is answered.
  private var isOver = false
  /// Answers from here that are not written yet.
  private var unwritten = 0
  /// The client says nothing more, which the server is told once all is written: it might close at once.
  private var endHeldBack: ChannelEvent?
  private var nextForServer: NIODeadline
  private var clock = HTTPClock()

  /// The server closes connections of which it hears nothing for a minute.
  private static let silence = TimeAmount.seconds(20)

  init(dashboard: Dashboard, rest: Rest) {
    self.dashboard = dashboard
    self.rest = rest
    nextForServer = .now() + Self.silence
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if isOver { return }
    switch unwrapInboundIn(data) {
    case .head(let head):
      isLast = head.isLast
      rest.isAsked(by: ObjectIdentifier(self))
      if let document = document(for: head, context) {
        isAnswered = true
        dashboard.sentAtOnce.wrappingAdd(1, ordering: .relaxed)
        send(document, to: head, context)
        rest.isEarned()
        return
      }
      passedOn += 1
      nextForServer = .now() + Self.silence
    case .body:
      if isAnswered { return }
    case .end:
      isOver = isLast
      if isAnswered {
        isAnswered = false
        return
      }
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard case .end = unwrapOutboundIn(data) else {
      context.write(data, promise: promise)
      return
    }
    passedOn = max(0, passedOn - 1)
    let written = promise ?? context.eventLoop.makePromise(of: Void.self)
    if isLast, passedOn == 0 { closes(context, after: written.futureResult) }
    context.write(data, promise: written)
  }

  func channelInactive(context: ChannelHandlerContext) {
    rest.isGone(ObjectIdentifier(self))
    context.fireChannelInactive()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if unwritten > 0, let event = event as? ChannelEvent, event == .inputClosed {
      endHeldBack = event
    } else {
      context.fireUserInboundEventTriggered(event)
    }
  }

  // MARK: - Answering

  /// What can be sent at once; nil where the server must answer.
  private func document(
    for head: HTTPRequestHead, _ context: ChannelHandlerContext
  ) -> Document? {
    guard
      // Who does not read what is sent is held up by the server.
      passedOn == 0, context.channel.isWritable, NIODeadline.now() < nextForServer,
      head.method == .GET, [.http1_0, .http1_1].contains(head.version),
      head.headers["Connection"].allSatisfy({ ["keep-alive", "close"].contains($0.lowercased()) }),
      !head.headers.contains(name: "Content-Length"),
      !head.headers.contains(name: "Transfer-Encoding")
    else { return nil }
    return dashboard.kept(
      Gate.Asked(
        path: head.uri, query: Query(), host: head.headers.first(name: "Host"),
        authorization: head.headers.first(name: "Authorization"),
        cookies: head.headers.all("Cookie", separator: ";")))
  }

  private func send(
    _ document: Document, to head: HTTPRequestHead, _ context: ChannelHandlerContext
  ) {
    let form = document.form(accepting: head.headers.all("Accept-Encoding", separator: ","))
    let isKnown = form.isKnown(by: head.headers.all("If-None-Match", separator: ","))
    var headers = isKnown ? form.unchangedHeaders : form.headers
    headers.add(name: "Date", value: clock.now())
    let answer = HTTPResponseHead(
      version: .http1_1, status: isKnown ? .notModified : .ok, headers: headers)
    context.write(wrapOutboundOut(.head(answer)), promise: nil)
    if !isKnown { context.write(wrapOutboundOut(.body(.byteBuffer(form.bytes))), promise: nil) }
    unwritten += 1
    let written = context.eventLoop.makePromise(of: Void.self)
    written.futureResult.assumeIsolated().whenComplete { _ in self.isWritten(context) }
    if isLast { closes(context, after: written.futureResult) }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
  }

  private func closes(_ context: ChannelHandlerContext, after written: EventLoopFuture<Void>) {
    written.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
  }

  private func isWritten(_ context: ChannelHandlerContext) {
    unwritten -= 1
    guard unwritten == 0, let event = endHeldBack else { return }
    endHeldBack = nil
    context.fireUserInboundEventTriggered(event)
  }
}

extension HTTPRequestHead {
  /// Whether the connection is to be closed after the answer. HTTP/1.0 is not kept alive: a client that
  /// asks for it would have to be told.
  ///
  /// Source: RFC 9112, 9.3.
  fileprivate var isLast: Bool {
    version != .http1_1
      || headers[canonicalForm: "Connection"].contains { $0.lowercased() == "close" }
  }
}

extension HTTPHeaders {
  /// The values of a field that may come more than once, as one.
  fileprivate func all(_ name: String, separator: String) -> String {
    self[name].joined(separator: separator)
  }
}
