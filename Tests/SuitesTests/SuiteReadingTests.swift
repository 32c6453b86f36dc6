import Foundation
import Suites
import TestSupport
import Testing

@Suite("A folder becomes a suite")
struct SuiteReadingTests {
  @Test("the contract's own example")
  func contract() throws {
    let folder = try ScratchFolder([
      "hone.yaml": """
      hone: 1
      model:
        base: minilm              # a known name
        task: classify
      tuning:
        ladder: [head, lora, full, sft]
        budget: { rounds: 12, time: 1h20m }
        seed: 18446744073709551615
      population: messages typed by patients into the practice's web form, 2026
      roles: { train: 0.35, dev: 0.15, gate: 0.1, sealed: 0.4 }
      claims:
        confidence: 0.99
        target: 0.85
        design: sequential
      """,
      "behaviors/refill.yaml": """
      behavior: refill
      requires: A patient asking for a prescription refill is routed to `refill`.
      target: 0.90
      hope: 0.97
      grader: label
      expect: refill
      examples: [refill/*.jsonl, "more of the blue ones"]
      fields: { input: question, expected: answer.label, cluster: seed, id: no }
      """,
      "behaviors/refill/a.jsonl": """
      {"question": "More pills", "seed": "s1", "answer": {"label": "refill"}, "no": 7}

      {"question": "more PILLS!", "answer": null, "hard": true}
      """,
      "behaviors/deep/er/other.yml": """
      requires: All else.
      guard: true
      examples:
        - { input: hello there, expected: no }
      """,
      "behaviors/.hidden.yaml": "nonsense: [",
    ])
    let suite = try folder.suite()
    #expect(suite.model == ModelSettings(base: "minilm", task: "classify"))
    #expect(
      suite.tuning
        == TuningSettings(
          ladder: [.head, .lora, .full], rounds: 12, time: .seconds(4_800), seed: .max))
    #expect(suite.population == "messages typed by patients into the practice's web form, 2026")
    #expect(suite.claims.confidence == 0.99 && suite.claims.design == .sequential)
    #expect(suite.behaviors.map(\.name) == ["deep/er/other", "refill"])
    #expect(suite.labels == ["no", "refill"])
    let other = suite.behaviors[0]
    #expect(other.isGuard && other.target == 0.85)
    #expect(abs(other.hope - 0.95) < 1e-12)
    #expect(other.examples.map(\.expected) == ["no"])
    let refill = suite.behaviors[1]
    #expect(refill.target == 0.9 && refill.hope == 0.97)
    #expect(refill.location.description == "behaviors/refill.yaml:1:1")
    #expect(refill.examples.count == 2)
    let pills = try #require(refill.examples.first { $0.input == "More pills" })
    #expect(
      pills.locations.map(\.description) == [
        "behaviors/refill/a.jsonl:1:1", "behaviors/refill/a.jsonl:3:1",
      ])
    #expect(pills.sourceID == "7" && pills.tags == ["hard"])
    #expect(suite.rows == RowCounts(usable: 4, examples: 3, inputs: 3, clusters: 3, blankLines: 1))
    #expect(
      suite.notes.map(\.description) == [
        "hone.yaml:6:30: the rung 'sft' is not in this version of Hone; it is skipped",
        "hone.yaml:14:3: 'design: sequential' is not in this version of Hone; the exact test is used",
      ])
  }

  /// A suite of one behavior with this under `tuning`.
  private func tuning(_ yaml: String) throws -> Suite {
    try ScratchFolder([
      "hone.yaml": "hone: 1\ntuning:\n\(yaml)\n",
      "behaviors/a.yaml": "requires: r\nexpect: a\nexamples: [one]\n",
    ]).suite()
  }

  @Test("rungs that change the encoder have settings of their own")
  func fineTuning() throws {
    #expect(try tuning("  seed: 7").tuning == TuningSettings())
    #expect(TuningSettings().ladder == [.head, .lora, .full])
    let set = try tuning(
      """
        ladder: [lora]
        lora: { rank: 4, alpha: 8.5, dropout: 0, targets: [value, query], learning_rates: [1e-3, 3e-4] }
        full: { learning_rates: [0.00002] }
        fine_tuning: { batch: 16, epochs: 3 }
      """)
    #expect(
      set.tuning
        == TuningSettings(
          ladder: [.lora],
          lora: AdapterSettings(
            rank: 4, alpha: 8.5, dropout: 0, targets: [.query, .value],
            learningRates: [0.001, 0.0003]),
          full: FullSettings(learningRates: [0.00002]),
          fineTuning: FineTuningSettings(batch: 16, epochs: 3)))
    #expect(
      try tuning("  lora: { targets: all-linear }").tuning.lora.targets == AdapterTarget.allCases)
  }

  @Test("what a rung is set to counts in the suite's hash where the ladder has the rung")
  func fineTuningHash() throws {
    let settings = "  lora: { rank: 4 }\n  full: { learning_rates: [1e-5] }\n"
    let head = try tuning("  ladder: [head]").contentHash
    // As before there were such settings, so that certificates of then still fit.
    #expect(head == "c889c47195a7f39e9f9f523fb153db0b84c398006d09aa9592c3e7b6cd22460c")
    #expect(
      try tuning("  ladder: [head]\n\(settings)  fine_tuning: { epochs: 2 }").contentHash == head)
    for changed in ["  lora: { rank: 4 }", "  fine_tuning: { epochs: 2 }"] {
      #expect(
        try tuning("  ladder: [lora]\n\(changed)").contentHash
          != tuning("  ladder: [lora]").contentHash)
    }
    #expect(
      try tuning("  ladder: [lora]\n  full: { learning_rates: [1e-5] }").contentHash
        == tuning("  ladder: [lora]").contentHash)
  }

  @Test("a label is the same in YAML, JSON and CSV, as written")
  func labels() throws {
    let folder = try ScratchFolder([
      "hone.yaml": "hone: 1\n",
      "behaviors/a.yaml": """
      requires: r
      examples:
        - a.json
        - a.jsonl
        - a.csv
        - a.tsv
        - { input: y1, expected: 1 }
        - { input: y2, expected: true }
        - { input: y3, expected: 1.0 }
        - { input: y4, expected: "no" }
        - { input: y5, expected: null }
      """,
      "behaviors/a.json":
        #"{"rows": [{"input": "j1", "expected": 1}, {"input": "j2", "expected": true}]}"#,
      "behaviors/a.jsonl":
        "\u{FEFF}{\"input\": \"l1\", \"expected\": 1.0}\r\n{\"input\": 5, \"expected\": \"no\"}",
      "behaviors/a.csv": "\u{FEFF}input,expected\r\nc1, 1 \r\nc2,true\r\n",
      "behaviors/a.tsv": "expected\tinput\nnull\tt1\n",
    ])
    let suite = try folder.suite()
    let found = suite.behaviors[0].examples.map { "\($0.input)=\($0.expected)" }.sorted()
    #expect(
      found == [
        "5=no", "c1=1", "c2=true", "j1=1", "j2=true", "l1=1.0", "t1=null", "y1=1", "y2=true",
        "y3=1.0", "y4=no", "y5=null",
      ])
  }

  @Test("names reach into rows, and a key with a dot wins")
  func fields() throws {
    let folder = try ScratchFolder([
      "hone.yaml": "hone: 1\n",
      "behaviors/a.yaml": """
      requires: r
      fields: { input: messages.0.content, expected: answer.label }
      examples: a.jsonl
      """,
      "behaviors/a.jsonl": """
      {"messages": [{"content": "one"}], "answer": {"label": "x"}}
      {"messages": [{"content": "two"}], "answer.label": "y", "answer": {"label": "x"}}
      {"messages.0": {"content": "three"}, "messages": [], "answer": {"label": "z"}}
      """,
    ])
    let examples = try folder.suite().behaviors[0].examples
    #expect(
      examples.map { "\($0.input)=\($0.expected)" }.sorted() == ["one=x", "three=z", "two=y"])
  }

  @Test("rows that cannot be used are set aside where the suite says so, and counted")
  func skip() throws {
    let folder = try ScratchFolder([
      "hone.yaml": "hone: 1\non_bad_row: skip\n",
      "behaviors/a.yaml": "requires: r\nexpect: a\nexamples: a.jsonl\n",
      "behaviors/a.jsonl": """
      ```
      {"input": "good one"}
      {"input": "Both!"}
      {"input": ""}
      """,
      "behaviors/b.yaml": "requires: r\nexpect: b\nexamples: ['both', 'fine']\n",
    ])
    let suite = try folder.suite()
    #expect(suite.rows.usable == 2)
    #expect(
      suite.setAside.map(\.description) == [
        "behaviors/a.jsonl:1:1: a Markdown fence, not a row",
        "behaviors/a.jsonl:3:1: the same input is expected to give 'a', 'b';"
          + " see behaviors/b.yaml:3:12. Keep one of them",
        "behaviors/a.jsonl:4:1: 'input' is empty",
        "behaviors/b.yaml:3:12: the same input is expected to give 'a', 'b';"
          + " see behaviors/a.jsonl:3:1. Keep one of them",
      ])
    let (dealt, _) = try deal(suite, lock: nil)
    #expect(check(dealt).filter { $0.kind == .setAside }.count == 4)
  }

  @Test("clusters: by name, by text, and by both")
  func clusters() throws {
    let folder = try ScratchFolder([
      "hone.yaml": "hone: 1\n",
      "behaviors/a.yaml": """
      requires: r
      examples:
        - { input: the quick brown fox jumps over the dog, expected: x, cluster: one }
        - { input: the quick brown fox jumps over the dogs, expected: x }
        - { input: something else entirely, expected: x, cluster: one }
        - { input: nothing like the others at all, expected: x }
        - { input: abc, expected: x }
        - { input: abcd, expected: x }
      """,
      "behaviors/b.yaml": """
      requires: r
      examples: [{ input: a different text in another file, expected: y, cluster: one }]
      """,
    ])
    let suite = try folder.suite()
    #expect(suite.clusters.count == 4)
    let large = try #require(suite.clusters.max { $0.inputs.count < $1.inputs.count })
    #expect(large.inputs.count == 4 && large.names.count == 1 && large.alike == 2)
    #expect(large.id.hex == large.names[0])
    #expect(large.locations.count == 4)
  }

  @Test("a folder that links to itself ends, and globs pass over hidden files")
  func loops() throws {
    let folder = try ScratchFolder([
      "hone.yaml": "hone: 1\n",
      "behaviors/a.yaml": "requires: r\nexpect: a\nexamples: 'rows/**/*.jsonl'\n",
      "behaviors/rows/x/1.jsonl": "{\"input\": \"one\"}\n",
      "behaviors/rows/2.jsonl": "{\"input\": \"two\"}\n",
      "behaviors/rows/.3.jsonl": "{\"input\": \"three\"}\n",
    ])
    try FileManager.default.createSymbolicLink(
      at: folder.url.appendingPathComponent("behaviors/rows/loop"),
      withDestinationURL: folder.url.appendingPathComponent("behaviors"))
    #expect(try folder.suite().behaviors[0].examples.map(\.input).sorted() == ["one", "two"])
  }

  @Test(
    "patterns",
    arguments: [
      (["a.csv"], ["*.csv"], true), (["a.csv"], ["?.csv"], true), (["ab.csv"], ["?.csv"], false),
      (["x", "a.csv"], ["*.csv"], false), (["x", "a.csv"], ["**", "*.csv"], true),
      (["a.csv"], ["**", "*.csv"], true), (["x", "y", "a.csv"], ["x", "**", "a.csv"], true),
      (["x", "a.csv"], ["x", "**", "a.csv"], true), (["y", "a.csv"], ["x", "**"], false),
      (["aab"], ["*a*b"], true), (["ba"], ["*a*b"], false), (["x", "y"], ["**"], true),
    ])
  func patterns(_ path: [String], _ pattern: [String], _ matches: Bool) {
    #expect(FileTree.matches(path, pattern) == matches)
  }
}
