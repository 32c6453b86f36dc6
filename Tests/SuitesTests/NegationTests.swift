import Foundation
import Suites
import TestSupport
import Testing

@Suite("What rules a label out: expect: { not: … }")
struct NegationTests {
  /// A router with a behavior against false alarms.
  private func folder(
    _ examples: String, _ more: [String: String] = [:]
  ) throws -> ScratchFolder {
    try ScratchFolder(
      [
        "hone.yaml": "hone: 1\n",
        "behaviors/refill.yaml": """
        requires: r
        expect: refill
        examples:
          - { input: More pills, cluster: ann, role: sealed }
          - { input: more PILLS!, cluster: ann }
          - { input: the blue ones }
        """,
        "behaviors/billing.yaml": """
        requires: r
        examples:
          - { input: what do I owe, expected: billing, role: train }
          - { input: my card was stolen and I bleed, expected: emergency }
        """,
        "behaviors/emergency.yaml": "requires: r\nexpect: emergency\nexamples: [it bleeds]\n",
        "behaviors/calm.yaml": """
        requires: Nothing but an emergency is routed to `emergency`.
        target: 0.98
        expect: { not: emergency }
        examples: \(examples)
        """,
      ].merging(more) { $1 })
  }

  @Test("of: others borrows whatever expects another label, with cluster and role")
  func others() throws {
    let suite = try folder("{ of: others }").suite()
    let calm = try #require(suite[behavior: "calm"])
    #expect(
      calm.examples.map(\.input).sorted() == ["More pills", "the blue ones", "what do I owe"])
    #expect(calm.examples.allSatisfy { $0.expected == .not("emergency") })
    #expect(calm.target == 0.98)
    #expect(suite.labels == ["billing", "emergency", "refill"])
    let lent = Dictionary(
      uniqueKeysWithValues: suite.behaviors.filter { $0.name != "calm" }.flatMap(\.examples)
        .map { ($0.inputKey, $0) })
    for example in calm.examples {
      let original = try #require(lent[example.inputKey])
      #expect(example.id != original.id)
      #expect(example.input == original.input && example.cluster == original.cluster)
      #expect(example.declaredRoles == original.declaredRoles)
    }
    // Rows are counted where they stand.
    #expect(suite.rows == RowCounts(usable: 6, examples: 5, inputs: 5, clusters: 5))
  }

  @Test("A borrowed text is sealed for both, or for neither")
  func roles() throws {
    let suite = try folder("{ of: others }").suite()
    let (dealt, lock) = try deal(suite, lock: nil)
    let calm = try #require(suite[behavior: "calm"])
    let refill = try #require(suite[behavior: "refill"])
    #expect(dealt.examples(of: calm, in: .sealed).map(\.input).contains("More pills"))
    #expect(dealt.examples(of: calm, in: .train).map(\.input).contains("what do I owe"))
    for example in calm.examples + refill.examples {
      #expect(lock.roles[example.inputKey] == dealt.roles[example.cluster])
    }
    // Without the behavior every role is the same.
    var without = suite
    without.behaviors.removeAll { $0.name == "calm" }
    #expect(try deal(without, lock: nil).0.roles == dealt.roles)
  }

  @Test("of: names behaviors; own texts may stand beside what is borrowed")
  func named() throws {
    let one = try folder("{ of: refill }").suite()
    #expect(one[behavior: "calm"]?.examples.count == 2)
    // Of a behavior with several labels, those that expect another one.
    let two = try folder("[{ of: [billing, billing] }, a lovely day, { input: hi, cluster: c }]")
      .suite()
    let calm = try #require(two[behavior: "calm"])
    #expect(
      calm.examples.map(\.input).sorted() == ["a lovely day", "hi", "what do I owe"])
    #expect(Set(calm.examples.map(\.expected)) == [.not("emergency")])
    #expect(two.rows == RowCounts(usable: 8, examples: 7, inputs: 7, clusters: 7))
  }

  @Test("A name in a list is a name, even 'others'; behaviors that rule out lend nothing")
  func othersByName() throws {
    let suite = try folder(
      "{ of: [others] }",
      [
        "behaviors/others.yaml": "requires: r\nexpect: other\nexamples: [opening hours]\n",
        "behaviors/cool.yaml": "requires: r\nexpect: { not: refill }\nexamples: { of: others }\n",
      ]
    ).suite()
    #expect(suite[behavior: "calm"]?.examples.map(\.input) == ["opening hours"])
    #expect(
      suite[behavior: "cool"]?.examples.map(\.input).sorted() == [
        "it bleeds", "my card was stolen and I bleed", "opening hours", "what do I owe",
      ])
  }

  @Test("A row's own label is only checked: it must be another one")
  func ownLabels() throws {
    let suite = try folder(
      "calm.jsonl",
      ["behaviors/calm.jsonl": "{\"input\": \"the blue ones\", \"expected\": \"refill\"}\n"]
    ).suite()
    #expect(suite[behavior: "calm"]?.examples.map(\.expected) == [.not("emergency")])
    #expect(suite.rows == RowCounts(usable: 6 + 1, examples: 6, inputs: 5, clusters: 5))
  }

  @Test("Rows that contradict are set aside for all, and then not borrowed")
  func setAside() throws {
    let folder = try folder(
      "[{ of: others }, It bleeds.]", ["hone.yaml": "hone: 1\non_bad_row: skip\n"])
    try folder.write(
      "requires: r\nexpect: emergency\nexamples: [it bleeds, help]\n",
      to: "behaviors/emergency.yaml")
    let suite = try folder.suite()
    #expect(suite.setAside.map(\.behavior) == ["calm", "emergency"])
    #expect(suite.setAside.allSatisfy { "\($0)".contains("'emergency', not 'emergency'") })
    #expect(suite[behavior: "calm"]?.examples.count == 3)
  }

  @Test("Texts that expect no label are not dealt to 'train', which could do nothing with them")
  func measuredOnly() throws {
    let own = (0..<60).map { "  - \(word($0))\n" }.joined()
    let suite = try folder("\n\(own)").suite()
    let calm = try #require(suite[behavior: "calm"])
    let dealt = try deal(suite, lock: nil).0
    #expect(dealt.examples(of: calm, in: .train).isEmpty)
    #expect(dealt.examples(of: calm, in: .dev).count > 60 / 4)
    #expect(!check(dealt).contains { $0.behavior == "calm" && $0.message.contains("tuned") })
  }

  @Test("Ids are stable, and no label gives that of a negation")
  func ids() {
    // SHA-256 over length-prefixed fields, computed apart from this code.
    let label = Example(input: "More pills!", expected: "refill")
    #expect(label.id == "f76a014a2ff52b97")
    let not = Example(input: "More pills!", expected: .not("emergency"))
    #expect(not.id == "a227b372f46579c8")
    #expect(Example(input: "more pills", expected: "not:emergency").id == "c1a879c548505c98")
    #expect(not.inputKey == label.inputKey && not.cluster == label.cluster)
    func hash(_ expected: Suites.Expectation) -> String {
      let behavior = Behavior(
        name: "b", requires: "", target: 0.9,
        examples: [
          Example(
            id: "0", inputKey: "0", input: "a", expected: expected, cluster: ClusterID("0"))
        ], location: SourceLocation(file: "b"))
      return Suite(folder: URL(fileURLWithPath: "/"), behaviors: [behavior]).contentHash
    }
    #expect(hash("a") != hash(.not("a")))
  }

  @Test("As JSON a label is a text, as it always was")
  func json() throws {
    let encoder = JSONEncoder()
    let all: [Suites.Expectation] = ["refill", .not("emergency")]
    let text = String(decoding: try encoder.encode(all), as: UTF8.self)
    #expect(text == #"["refill",{"not":"emergency"}]"#)
    #expect(try JSONDecoder().decode([Suites.Expectation].self, from: Data(text.utf8)) == all)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([Suites.Expectation].self, from: Data(#"[{"nott":"a"}]"#.utf8))
    }
  }

  @Test("Guessing and crying wolf")
  func guessing() throws {
    func warned(refill: Double, emergency: Double, calm: Double) throws -> [String] {
      let folder = try ScratchFolder([
        "hone.yaml": "hone: 1\n",
        "behaviors/r.yaml": "requires: r\ntarget: \(refill)\nexpect: refill\nexamples: [a]\n",
        "behaviors/e.yaml": "requires: r\ntarget: \(emergency)\nexpect: emergency\nexamples: [b]\n",
        "behaviors/c.yaml":
          "requires: r\ntarget: \(calm)\nexpect: { not: emergency }\nexamples: { of: others }\n",
      ])
      return check(try deal(folder.suite(), lock: nil).0).map(\.message)
        .filter { $0.contains("guess") }
    }
    // 0.4 + 0.5 would do, but for the one false alarm in twenty that may be.
    #expect(try warned(refill: 0.4, emergency: 0.5, calm: 0.95) == [])
    #expect(
      try warned(refill: 0.4, emergency: 0.5, calm: 0.5) == [
        "guessing at random reaches these targets: each behavior expects one label or rules one"
          + " out, and some mix of the labels meets them all"
      ])
  }
}
