import Foundation
package import NIOCore
import Synchronization

/// Lets the loop that answers rest after what it did, while others need the processors more: what comes
/// meanwhile is answered together.
///
/// A processor that is busy with a run has the run's data in its caches: the first request after a pause
/// has all code of the server loaded anew, and those that come with it have not.
package final class Rest: Sendable {
  private let loop: any EventLoop
  private let givesWay: @Sendable () -> Bool
  /// Tasks that have yet to run on the loop.
  private let waiting = Atomic(0)
  private let state: NIOLoopBoundBox<State>

  private struct State {
    var isDue = false
    var clients = RecentClients()
  }

  /// - Parameter givesWay: Whether others need the processors more.
  init(loop: any EventLoop, givesWay: @escaping @Sendable () -> Bool) {
    self.loop = loop
    self.givesWay = givesWay
    state = .makeBoxSendingValue(State(), eventLoop: loop)
  }

  /// How long it rests. Too short for anybody who looks on, and so short that it leaves clients of
  /// which each waits for its answer before it asks again more than 600 of them a second.
  ///
  /// - Parameter clients: Connections that have asked lately.
  /// - Returns: Seconds.
  package static func length(clients: Int) -> Double { min(0.05, 0.0015 * Double(max(1, clients))) }

  /// A connection has asked. To be called on the loop.
  func isAsked(by client: ObjectIdentifier) {
    state.value.clients.note(client, at: .now())
  }

  /// A connection is closed. To be called on the loop.
  func isGone(_ client: ObjectIdentifier) {
    state.value.clients.forget(client)
  }

  /// A task waits for the loop.
  func taskWaits() { waiting.wrappingAdd(1, ordering: .relaxed) }

  /// A task that waited has run on the loop.
  func taskHasRun() {
    waiting.wrappingSubtract(1, ordering: .relaxed)
    isEarned()
  }

  /// Something was answered. To be called on the loop.
  func isEarned() {
    guard !state.value.isDue, givesWay() else { return }
    state.value.isDue = true
    // Behind all that the loop found to do.
    loop.execute { [self] in take() }
  }

  private func take() {
    state.value.isDue = false
    // Not before the last task, whose answer would wait too; it comes here again.
    guard waiting.load(ordering: .relaxed) == 0 else { return }
    Thread.sleep(forTimeInterval: Self.length(clients: state.value.clients.count(at: .now())))
  }
}

/// Counts the connections that are open and have asked within the last fraction of a second. Pure.
package struct RecentClients {
  static let window = TimeAmount.milliseconds(250)

  private var asked: [ObjectIdentifier: NIODeadline] = [:]

  package init() {}

  package mutating func note(_ client: ObjectIdentifier, at now: NIODeadline) {
    asked[client] = now
  }

  /// A connection is closed: another may take its place, and its identity.
  package mutating func forget(_ client: ObjectIdentifier) {
    asked[client] = nil
  }

  package func count(at now: NIODeadline) -> Int {
    asked.values.count { now - $0 < Self.window }
  }
}
