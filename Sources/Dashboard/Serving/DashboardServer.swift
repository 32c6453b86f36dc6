import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Serves a dashboard over HTTP.
public struct DashboardServer: Sendable {
  private let dashboard: Dashboard
  private let host: String
  private let port: Int

  /// - Parameter port: 0 takes one that is free.
  public init(_ dashboard: Dashboard, host: String, port: Int) {
    self.dashboard = dashboard
    self.host = host
    self.port = port
  }

  /// Whether an address is one of the loopback interface.
  public static func isLoopback(_ host: String) -> Bool {
    host.lowercased() == "localhost" || host == "::1"
      || (try? SocketAddress(ipAddress: host, port: 0))
        .map { $0.protocol == .inet && host.hasPrefix("127.") } ?? false
  }

  /// Serves until it is cancelled.
  ///
  /// - Parameter onReady: Called with the port once connections are taken.
  /// - Throws: `DashboardError` where it cannot listen there; `CancellationError`.
  public func run(onReady: @escaping @Sendable (_ port: Int) -> Void) async throws {
    // One loop of the system's: it has nothing to do but to answer, and gives way to the run at work.
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let rest = Rest(loop: loop) { dashboard.isRunAtWork }
    let executor = LoopExecutor(loop: loop, rest: rest)
    let application = Application(
      responder: Responder(dashboard: dashboard),
      server: HTTPServerBuilder { responder in
        PageChannel(
          base: HTTP1Channel(
            responder: responder, configuration: .init(idleTimeout: .seconds(60))),
          dashboard: dashboard, rest: rest)
      },
      configuration: ApplicationConfiguration(
        address: .hostname(host, port: port), serverName: nil,
        availableConnectionsDelegate: MaximumAvailableConnections(512)),
      onServerRunning: { channel in
        let port = channel.localAddress?.port ?? self.port
        dashboard.isServed(on: port)
        onReady(port)
      },
      eventLoopGroupProvider: .shared(loop),
      // Nothing is logged: addresses may hold a token, and pages hold texts.
      logger: Logger(label: "hone.dashboard") { _ in SwiftLogNoOpLogHandler() })
    do {
      try await withThrowingTaskGroup { group in
        group.addTask { await dashboard.watch() }
        group.addTask(executorPreference: executor) { try await application.run() }
        defer { group.cancelAll() }
        try await group.next()
      }
    } catch let error as IOError where error.errnoCode == EADDRINUSE {
      throw DashboardError.portInUse(port)
    } catch let error as IOError {
      throw DashboardError.cannotListen(
        host: host, port: port, reason: String(cString: strerror(error.errnoCode)))
    } catch let error as SocketAddressError {
      throw DashboardError.cannotListen(host: host, port: port, reason: "\(error)")
    }
    try Task.checkCancellation()
  }
}

/// The dashboard as Hummingbird sees it.
private struct Responder: HTTPResponder {
  typealias Context = BasicRequestContext

  let dashboard: Dashboard

  func respond(to request: Request, context: Context) async throws -> Response {
    await dashboard.answer(request)
  }
}
