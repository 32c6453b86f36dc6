import Foundation
import Suites
import TestSupport
import Testing

@Suite("Roles are dealt once, and only ever move down")
struct DealingTests {
  // MARK: - Random suites

  struct RandomRow {
    var input: String
    var cluster: String?
    var behavior: Int
  }

  /// Rows with repeats, near-duplicates and named clusters, over three behaviors.
  static func rows(_ count: Int, _ generator: inout SeededGenerator) -> [RandomRow] {
    let words = [
      "card", "lost", "refund", "pending", "transfer", "account", "help", "where", "please",
      "money", "today", "wrong", "app", "open", "close",
    ]
    var inputs: [String] = []
    return (0..<count).map { _ in
      var input = (0..<Int.random(in: 1...8, using: &generator))
        .map { _ in words.randomElement(using: &generator) ?? "" }.joined(separator: " ")
      if let old = inputs.randomElement(using: &generator), Bool.random(using: &generator) {
        input =
          [old.uppercased() + "!", old + "s", "  \(old)…", old + " now"].randomElement(
            using: &generator) ?? old
      }
      inputs.append(input)
      let isNamed = Int.random(in: 0..<6, using: &generator) == 0
      return RandomRow(
        input: input, cluster: isNamed ? "c\(Int.random(in: 0..<10, using: &generator))" : nil,
        behavior: Int.random(in: 0..<3, using: &generator))
    }
  }

  /// Puts rows into three behaviors, each row into a random one of several files.
  static func folder(
    _ rows: [RandomRow], _ generator: inout SeededGenerator
  ) throws -> ScratchFolder {
    let folder = try ScratchFolder(["hone.yaml": "hone: 1\n"])
    for b in 0..<3 {
      try folder.write(
        "behavior: b\(b)\nrequires: r\nexpect: all\nexamples: b\(b)-*.jsonl\n",
        to: "behaviors/\(Int.random(in: 100...999, using: &generator))b\(b).yaml")
      let own = rows.filter { $0.behavior == b } + [RandomRow(input: "base \(b) text", behavior: b)]
      let files = Dictionary(grouping: own) { _ in Int.random(in: 0..<3, using: &generator) }
      for (f, rows) in files {
        let text = rows.map { row in
          let cluster = row.cluster.map { ", \"cluster\": \"\($0)\"" } ?? ""
          return "{\"input\": \"\(row.input)\"\(cluster)}\n"
        }.joined()
        try folder.write(text, to: "behaviors/b\(b)-\(f).jsonl")
      }
    }
    return folder
  }

  // MARK: - Properties

  @Test("the order of files and rows changes nothing", arguments: 0..<8)
  func order(_ seed: Int) throws {
    var generator = SeededGenerator(UInt64(seed))
    let rows = Self.rows(120, &generator)
    let first = try Self.folder(rows, &generator).suite()
    let second = try Self.folder(rows.shuffled(using: &generator), &generator).suite()
    #expect(first.contentHash == second.contentHash)
    let (a, lockA) = try deal(first, lock: nil)
    let (b, lockB) = try deal(second, lock: nil)
    #expect(a.roles == b.roles)
    #expect(lockA.text == lockB.text)
    for (x, y) in zip(first.behaviors, second.behaviors) {
      #expect(a.sealedRepresentatives(of: x).map(\.id) == b.sealedRepresentatives(of: y).map(\.id))
    }
  }

  @Test("no two equal or similar texts ever have different roles", arguments: 0..<8)
  func leaks(_ seed: Int) throws {
    var generator = SeededGenerator(100 + UInt64(seed))
    let suite = try Self.folder(Self.rows(150, &generator), &generator).suite()
    let (dealt, _) = try deal(suite, lock: nil)
    let examples = suite.behaviors.flatMap(\.examples)
    let shingles = examples.map { Set(Shingles.of(NormalizedText($0.input).text)) }
    for i in examples.indices {
      for j in 0..<i {
        let sameText = NormalizedText(examples[i].input) == NormalizedText(examples[j].input)
        let overlap = shingles[i].intersection(shingles[j]).count
        let alike =
          overlap > 0 && Shingles.areAlike(overlap: overlap, shingles[i].count, shingles[j].count)
        if sameText || alike {
          #expect(dealt.roles[examples[i].cluster] == dealt.roles[examples[j].cluster])
        }
      }
    }
  }

  @Test(
    "new rows never move an old one up, and a lock that needs no change gets none", arguments: 0..<8
  )
  func growth(_ seed: Int) throws {
    var generator = SeededGenerator(200 + UInt64(seed))
    var rows: [RandomRow] = []
    var lock: SuiteLock?
    for _ in 0..<5 {
      rows += Self.rows(40, &generator)
      if Bool.random(using: &generator) {
        rows.remove(at: Int.random(in: 0..<rows.count, using: &generator))
      }
      let suite = try Self.folder(rows, &generator).suite()
      let (_, next) = try deal(suite, lock: lock)
      for (key, role) in lock?.roles ?? [:] {
        let now = try #require(next.roles[key], "an entry is gone")
        #expect(now <= role)
      }
      #expect(try deal(suite, lock: next).1 == next)
      lock = next
    }
  }

  @Test("shares are kept, about")
  func shares() throws {
    let rows = (0..<4_000).map { "- { input: \"\(word($0))\", expected: a }" }
    let folder = try ScratchFolder([
      "hone.yaml": "hone: 1\n",
      "behaviors/a.yaml": "requires: r\nexamples:\n" + rows.map { "  \($0)\n" }.joined(),
    ])
    let (dealt, _) = try deal(try folder.suite(), lock: nil)
    let total = Double(dealt.roles.count)
    for role in Role.allCases {
      let share = RoleShares()[role]
      let error = 4 * (share * (1 - share) / total).squareRoot()
      #expect(abs(Double(dealt.units(in: role)) / total - share) < error, "\(role)")
    }
  }

  // MARK: - Rules

  static func suite(_ behaviors: [String: String]) throws -> Suite {
    let folder = try ScratchFolder(["hone.yaml": "hone: 1\n"])
    for (name, text) in behaviors { try folder.write(text, to: "behaviors/\(name).yaml") }
    return try folder.suite()
  }

  static func role(_ input: String, _ dealt: DealtSuite) -> Role? {
    dealt.suite.behaviors.lazy.flatMap(\.examples).first { $0.input == input }
      .flatMap { dealt.roles[$0.cluster] }
  }

  @Test("declared roles apply, the lowest of several, and the lock wins upwards")
  func declared() throws {
    func text(_ role: String) -> String {
      """
      requires: r
      examples:
        - { input: alpha alpha, expected: a, role: \(role) }
        - { input: beta beta, expected: a, role: gate }
        - { input: Beta beta!, expected: a, role: dev }
      """
    }
    let (dealt, lock) = try deal(try Self.suite(["a": text("sealed")]), lock: nil)
    #expect(Self.role("alpha alpha", dealt) == .sealed)
    #expect(dealt.suite.behaviors[0].examples.count == 2)
    #expect(
      dealt.findings.map(\.message) == [
        "one cluster is declared in 'dev' and 'gate'; the lowest applies to all of it"
      ])
    let (down, lower) = try deal(try Self.suite(["a": text("train")]), lock: lock)
    #expect(Self.role("alpha alpha", down) == .train)
    let (up, kept) = try deal(try Self.suite(["a": text("sealed")]), lock: lower)
    #expect(Self.role("alpha alpha", up) == .train)
    #expect(kept == lower)
    #expect(
      up.findings.map(\.description).first
        == "behaviors/a.yaml:3:5: warning: declared 'sealed', but hone.lock has it in 'train', where it"
        + " stays: roles only ever move down. Use fresh examples for 'sealed'")
  }

  @Test("a row that joins two clusters lowers both, and a deleted one keeps its place in the lock")
  func joins() throws {
    func text(_ rows: [String]) -> String {
      "requires: r\nexamples:\n" + rows.map { "  - { \($0), expected: a }\n" }.joined()
    }
    let one = "input: first of all, cluster: one, role: train"
    let two = "input: completely different, cluster: two, role: sealed"
    let (_, lock) = try deal(try Self.suite(["a": text([one, two])]), lock: nil)
    let plain = "input: completely different, cluster: two"
    let bridge = "input: completely different, cluster: one"
    let (_, without) = try deal(try Self.suite(["a": text([plain])]), lock: lock)
    #expect(without == lock)
    let (joined, _) = try deal(try Self.suite(["a": text([plain, bridge])]), lock: without)
    #expect(Self.role("completely different", joined) == .train)
  }

  @Test("a guard is never tuned on")
  func guards() throws {
    let rows = (0..<60).map { "  - { input: \"\(word($0))\", expected: a }\n" }.joined()
    let tuned = "requires: r\nexamples:\n\(rows)"
    let guarded = "requires: r\nguard: true\nexamples:\n\(rows)"
    let (dealt, _) = try deal(try Self.suite(["a": tuned, "g": guarded]), lock: nil)
    #expect(dealt.units(in: .train) == 0)
    #expect(dealt.units(in: .dev) > 20)
    // The guard comes after the tuning: what was tuned on stays, and the guard does without.
    let (before, lock) = try deal(try Self.suite(["a": tuned]), lock: nil)
    let trained = before.units(in: .train)
    #expect(trained > 0)
    let (after, kept) = try deal(try Self.suite(["a": tuned, "g": guarded]), lock: lock)
    #expect(kept == lock)
    let guardian = after.suite.behaviors[1]
    #expect(after.examples(of: guardian, in: .train).isEmpty)
    #expect(after.units(of: guardian, in: .dev) == before.units(in: .dev))
    #expect(after.findings.count == trained)
    #expect(after.findings[0].message.hasPrefix("a guard's example is in 'train' by hone.lock"))
  }

  @Test("one example for each cluster, and the one drawn on before stays the choice")
  func representatives() throws {
    let rows = (0..<8).map {
      "  - { input: \"\(word($0))\", expected: a, cluster: c, role: sealed }\n"
    }
    let suite = try Self.suite(["a": "requires: r\nexamples:\n" + rows.joined()])
    let behavior = suite.behaviors[0]
    let (dealt, _) = try deal(suite, lock: nil)
    let chosen = dealt.sealedRepresentatives(of: behavior)
    #expect(chosen.count == 1 && dealt.units(of: behavior, in: .sealed) == 1)
    let other = try #require(behavior.examples.first { $0.id != chosen[0].id })
    let gone = ExposedExample(
      id: "0000000000000000", input: "0000000000000001", cluster: "0000000000000002")
    let pool = Pool(id: 1, name: "a", spent: 1, exposed: [ExposedExample(other), gone])
    let (again, _) = try deal(suite, lock: SuiteLock(ledger: Ledger(pools: [pool])))
    #expect(again.sealedRepresentatives(of: behavior).map(\.id) == [other.id])
    #expect(again.missing(from: pool) == ["0000000000000000"])
    #expect(
      check(again).contains { $0.kind == .ledger && $0.message.hasPrefix("1 of the 2 sealed") })
  }
}
