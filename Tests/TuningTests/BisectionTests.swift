import Suites
import Synchronization
import Testing
import Tuning

@Suite("Bisection")
struct BisectionTests {
  static let examples = (0..<60).map { Example(input: "refill \($0)", expected: "refill") }
    .sorted { $0.id < $1.id }

  static func line(_ count: Int) -> [Checkpoint] {
    (0..<count).map { Checkpoint(id: "c\($0)", rung: .head) }
  }

  /// A line in which the checkpoint at `broken` and all after it fail the first `lost` examples;
  /// every checkpoint fails a few others of its own.
  static func search(
    _ count: Int, broken: Int, lost: Int, noise: Int = 0
  ) async throws -> (Bisection.Finding?, asked: Int) {
    let asked = Mutex(0)
    let finding = try await Bisection(line: line(count), behavior: "refill").search(examples) {
      checkpoint, examples in
      asked.withLock { $0 += examples.count }
      let place = Int(checkpoint.id.dropFirst())!
      return examples.map { example in
        let index = Self.examples.firstIndex { $0.id == example.id }!
        let isLost = place >= broken && index < lost
        let isNoise = noise > 0 && (index + 7 * place) % 20 < noise && index >= 20
        return .label(isLost || isNoise ? "other" : "refill", probability: 1)
      }
    }
    return (finding, asked.withLock { $0 })
  }

  @Test(
    "The breaking round is found wherever it is, and only what differs is asked between",
    arguments: 1..<16)
  func finds(broken: Int) async throws {
    let (found, asked) = try await Self.search(16, broken: broken, lost: 12)
    let finding = try #require(found)
    #expect(finding.firstBad == broken)
    #expect(finding.lastGood == broken - 1)
    #expect(finding.losses.count == 12)
    #expect(finding.gains.isEmpty)
    #expect(abs(finding.pValue - 1.0 / 4096) < 1e-12)
    #expect(finding.steps.count { $0.isClear } == finding.steps.count)
    #expect(finding.calls == asked)
    // log₂ 15 halvings at most, of 12 examples each.
    #expect(asked <= 2 * 60 + 4 * 12)
    #expect(finding.steps.count <= 4)
  }

  @Test("Other failures that come and go do not lead it astray", arguments: 1..<12)
  func noisy(broken: Int) async throws {
    let (found, _) = try await Self.search(12, broken: broken, lost: 15, noise: 1)
    let finding = try #require(found)
    #expect(finding.firstBad == broken)
  }

  @Test("A drop that chance explains is told as that; no difference is nothing")
  func unclear() async throws {
    let (few, _) = try await Self.search(4, broken: 2, lost: 3)
    let finding = try #require(few)
    #expect(finding.firstBad == 2)
    #expect(abs(finding.pValue - 0.125) < 1e-12)
    #expect(finding.steps.count { $0.isClear } == 0)
    let (none, asked) = try await Self.search(4, broken: 9, lost: 3)
    #expect(none == nil)
    #expect(asked == 120)
  }
}
