import Foundation
import Suites
import Synchronization
import TestSupport
import Testing
import Tuning

@Suite("ReplayCache")
struct ReplayCacheTests {
  /// A model that remembers what it was asked.
  final class Spy: Model {
    let identity = ModelIdentity("spy")
    private let texts = Mutex<[String]>([])

    var asked: [String] { texts.withLock { $0 } }

    func replies(to prompts: [Prompt]) async throws -> [Reply] {
      texts.withLock { $0 += prompts.map(\.text) }
      return prompts.map { prompt in
        prompt.text.hasSuffix("3") ? .failure(reason: "none") : .label("a", probability: 0.5)
      }
    }
  }

  private let scratch: ScratchFolder
  private var folder: URL { scratch.url }

  init() throws { scratch = try ScratchFolder() }

  private func suite(_ count: Int) throws -> DealtSuite {
    let behavior = Behavior(
      name: "a", requires: "", target: 0.9,
      examples: (0..<count).map {
        Example(input: "text \($0)", expected: "a", declaredRoles: [.gate])
      }, location: SourceLocation(file: "behaviors/a.yaml"))
    return try deal(Suite(folder: folder, behaviors: [behavior]), lock: nil).0
  }

  private func replay(
    _ suite: DealtSuite, _ spy: Spy, key: String = "key", checkpoint: String = "one"
  ) async throws -> Replay {
    try await ReplayCache(folder: folder, key: key).replay(suite) {
      (TestedModel(base: "base", checkpoint: checkpoint, engine: "engine"), spy)
    }
  }

  @Test("A text is asked about once, as long as the key is the same and the file is whole")
  func once() async throws {
    let spy = Spy()
    let first = try await replay(try suite(5), spy)
    #expect(spy.asked.count == 5)
    #expect(first.behaviors[0].failures.count == 1)
    #expect(try await replay(try suite(5), spy) == first)
    #expect(spy.asked.count == 5)
    _ = try await replay(try suite(7), spy)
    #expect(spy.asked.suffix(2).sorted() == ["text 5", "text 6"])

    let other = try await replay(try suite(5), spy, key: "other", checkpoint: "two")
    #expect(other.model.checkpoint == "two")
    #expect(spy.asked.count == 12)
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      try Data("{".utf8).write(to: folder.appendingPathComponent(name))
    }
    #expect(try await replay(try suite(5), spy) == first)
    #expect(spy.asked.count == 17)
  }

  @Test("Margins are kept; a file without them is read, and its margins are unknown")
  func margins() async throws {
    let model = ScriptedModel(identity: ModelIdentity("m")) { _ in nil }
    struct Close: Model {
      let identity = ModelIdentity("close")
      func replies(to prompts: [Prompt]) async throws -> [Reply] {
        prompts.map { _ in .label("a", probability: 0.5, margin: 2e-5) }
      }
    }
    let tested = TestedModel(base: "base", checkpoint: "one", engine: "engine")
    let suite = try suite(2)
    let cache = ReplayCache(folder: folder, key: "margins")
    let first = try await cache.replay(suite) { (tested, Close()) }
    #expect(first.behaviors[0].ties.values.sorted() == [2e-5, 2e-5])
    #expect(try await cache.replay(suite) { (tested, model) } == first)

    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder.path).first)
    let file = folder.appendingPathComponent(name)
    let text = try String(contentsOf: file, encoding: .utf8)
    try Data(text.replacing("\"margin\":2e-05,", with: "").utf8).write(to: file)
    let old = try await cache.replay(suite) { (tested, model) }
    #expect(old.behaviors[0].ties.isEmpty)
    #expect(old.behaviors[0].failures == first.behaviors[0].failures)
  }

  @Test("Replies of another model under the same key are not mixed with those of this one")
  func notMixed() async throws {
    let spy = Spy()
    _ = try await replay(try suite(2), spy)
    let other = try await replay(try suite(3), spy, checkpoint: "two")
    #expect(other.model.checkpoint == "two")
    #expect(spy.asked.sorted() == ["text 0", "text 0", "text 1", "text 1", "text 2"])
  }
}
