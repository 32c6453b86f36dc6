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

  /// How long it rests. Too short for anybody who looks on, and so short that clients of which each waits
  /// for its answer before it asks again get more than 600 of them a second.
  ///
  /// - Parameter clients: Connections that have asked lately.
  /// - Returns: Seconds.
  package static func length(clients: Int) -> Double { min(0.05, 0.0015 * Double(max(1, clients))) }

  /// A connection has asked. To be called on the loop.
  func isAsked(by client: ObjectIdentifier) {
    state.value.clients.note(client, at: .now())
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

/// Counts the connections that have asked within the last fraction of a second. Pure.
package struct RecentClients {
  static let window = TimeAmount.milliseconds(250)

  package init() {}

  private var current: Set<ObjectIdentifier> = []
  private var previous = 0
  private var ends = NIODeadline.uptimeNanoseconds(0)

  package mutating func note(_ client: ObjectIdentifier, at now: NIODeadline) {
    turn(at: now)
    current.insert(client)
  }

  /// Those of this window, or of the one before it where that had more.
  package mutating func count(at now: NIODeadline) -> Int {
    turn(at: now)
    return max(current.count, previous)
  }

  private mutating func turn(at now: NIODeadline) {
    guard now >= ends else { return }
    previous = now < ends + Self.window ? current.count : 0
    current.removeAll(keepingCapacity: true)
    ends = now + Self.window
  }
}
