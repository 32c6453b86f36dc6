import Dashboard
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import RunStorage
import Suites
import TestSupport
import Tuning

/// A suite with an archive in a scratch folder, and a dashboard of it. Goes away with the value.
final class Scene: Sendable {
  let folder: URL
  private let scratch: ScratchFolder
  let dashboard: Dashboard
  /// In `dev` like the hostile ones.
  let long: String

  var workspace: SuiteWorkspace { SuiteWorkspace(folder: folder) }

  /// Texts that are out to do harm; all of them are in `dev`.
  static let hostile = [
    "<script>alert(1)</script> in a text",
    "\"><img src=x onerror=alert(1)> in an attribute",
    "\"\u{301} onmouseover=alert(1) behind an accented quotation mark",
    "right to left \u{202E}gnol si siht",
    "escape \u{1B}[31mred\u{1B}[0m and nul \u{0} and bell \u{7}",
    "{{title}} {{{body}}} {{#links}}x{{/links}} in braces",
  ]
  static let secret = "this text is sealed, nobody may see it"
  static let gated = "this text is of the gate"
  /// As hostile as the texts.
  static let behavior = "<b>\"\u{301} onload='&"

  /// - Parameters:
  ///   - hasArchive: False leaves the suite without runs.
  ///   - longText: Characters of the longest text.
  init(
    hasArchive: Bool = true, longText: Int = 5_000, isLocal: Bool = true, token: String? = nil,
    port: Int? = 8421
  ) throws {
    long = "long " + String(repeating: "x", count: longText)
    scratch = try ScratchFolder("<i>suite")
    folder = scratch.url
    dashboard = try Dashboard(
      folder: folder, port: port, isLocal: isLocal,
      token: try token.map { try AccessToken($0, from: "TOKEN") }, pause: .milliseconds(10))
    try write("hone: 1\n", to: "hone.yaml")
    try write(
      """
      behavior: "<b>\\"\\u0301 onload='&"
      requires: A text is routed to `refill`.
      target: 0.8
      expect: refill
      examples: refill.jsonl

      """, to: "behaviors/refill.yaml")
    var rows = (Self.hostile + [long]).map { ($0, "dev") }
    rows += (1...60).map { (Self.easy($0, "dev"), "dev") }
    rows += (1...40).map { (Self.easy($0, "train"), "train") }
    rows += [(Self.secret, "sealed"), (Self.gated, "gate")]
    let lines = try rows.map { text, role in
      String(
        decoding: try JSONEncoder().encode([
          "input": text, "role": role, "cluster": text.prefix(60) + role,
        ]),
        as: UTF8.self)
    }
    try write(lines.joined(separator: "\n") + "\n", to: "behaviors/refill.jsonl")
    if hasArchive { try record(events(), closing: true) }
  }

  func write(_ text: String, to path: String) throws { try scratch.write(text, to: path) }

  /// Texts that are not like one another: like ones are of one cluster, and have one role.
  private static func easy(_ number: Int, _ role: String) -> String {
    var state = UInt64(number) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(role.utf8.count)
    let words = (0..<8).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return String(state >> 34, radix: 36)
    }
    return "easy \(role)\(number) \(words.joined(separator: " "))"
  }

  static func id(_ text: String) -> String { Example(input: text, expected: "refill").id }

  // MARK: - A run

  /// Base and one accepted candidate: the hostile texts fail at first, and two of them then.
  func events() throws -> [RunEvent] {
    let base = Checkpoint(id: "b0b0b0b0b0b0b0b0", rung: nil)
    let tuned = Checkpoint(id: "c1c1c1c1c1c1c1c1", rung: .head)
    func measured(_ checkpoint: Checkpoint, failing: [String]) -> RunEvent {
      .measured(
        Measurement(
          checkpoint: checkpoint,
          behaviors: [
            BehaviorMeasurement(
              behavior: Self.behavior, trials: 67,
              failures: failing.map {
                Failure(
                  example: Self.id($0), expected: "refill", reply: "<u>other\u{202E}",
                  probability: 0.75)
              }.sorted { $0.example < $1.example })
          ]))
    }
    let failing = Self.hostile + [long]
    return [
      .started(
        RunHeader(
          suite: try Suite.read(folder: folder).contentHash, model: ModelIdentity("m"), base: base,
          seed: 7,
          settings: LoopSettings(
            behaviors: [
              LoopBehavior(
                name: Self.behavior, target: 0.8, hope: 0.9, trainUnits: 40, devUnits: 67,
                sealed: SealedPool(units: 1, budget: 0.05))
            ], confidence: 0.95), setAsideRows: 0, repeatedRows: 0, notes: [])),
      measured(base, failing: failing),
      .proposed(TuningPlan(round: 1, rung: .head, l2: nil, focus: [:], reason: "all alike")),
      .tuned(TunedCheckpoint(checkpoint: tuned, l2: 0.01, trainingLoss: 0.5, iterations: 3)),
      measured(tuned, failing: Array(failing.prefix(2))),
      .accepted(
        Decision(
          round: 1, checkpoint: tuned, reason: .betterChance, championChance: 0.25,
          candidateChance: 0.75,
          flips: [Decision.Flips(behavior: Self.behavior, gained: 5, lost: 0)])),
      .finished(.unsatisfied(champion: tuned, reason: .rounds, violated: [])),
    ]
  }

  /// Goes on with the open run, or begins one.
  @discardableResult
  func record(_ events: [RunEvent], closing: Bool = false) throws -> Int {
    let store = try RunStore(workspace.runs)
    let record = try store.record(key: "k") { _ in true }
    for (index, event) in events.enumerated().dropFirst(record.events.count) {
      try record.append(
        StampedEvent(
          sequence: index + 1, time: Date(timeIntervalSince1970: Double(index)), event: event),
        sealed: [])
    }
    if closing { try record.close() }
    return record.number
  }

  // MARK: - Requests

  /// Asks without a server in between.
  func ask(
    _ target: String, method: HTTPRequest.Method = .get, host: String? = "localhost:8421",
    fields: HTTPFields = [:]
  ) async -> Response {
    await dashboard.answer(
      Request(
        head: HTTPRequest(
          method: method, scheme: "http", authority: host, path: target, headerFields: fields),
        body: RequestBody(buffer: ByteBuffer())))
  }

  /// The text of an answer.
  func text(_ target: String) async throws -> String { try await ask(target).text() }
}

extension Response {
  /// All that its body writes.
  func bytes() async throws -> [UInt8] {
    let collector = Collector()
    try await body.write(collector)
    return Array(collector.bytes.readableBytesView)
  }

  func text() async throws -> String { String(decoding: try await bytes(), as: UTF8.self) }
}

/// Keeps what a body writes.
private final class Collector: ResponseBodyWriter, @unchecked Sendable {
  // Written by one body, one part after the other, and read when it is through.
  var bytes = ByteBuffer()

  func write(_ buffer: ByteBuffer) async throws { bytes.writeImmutableBuffer(buffer) }
  func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

/// A scene is not as a test thinks.
struct SceneError: Error {}
