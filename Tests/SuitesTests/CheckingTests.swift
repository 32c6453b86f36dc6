import Suites
import TestSupport
import Testing

@Suite("check finds what would make claims weaker than they seem")
struct CheckingTests {
  /// What is said of guessing where each behavior expects one label.
  private func guessing(_ behaviors: [(label: String, target: Double)]) throws -> [String] {
    var files = ["hone.yaml": "hone: 1\n"]
    for (index, behavior) in behaviors.enumerated() {
      files["behaviors/\(index).yaml"] = """
        requires: r
        expect: \(behavior.label)
        target: \(behavior.target)
        examples: [{ input: text of \(index) }]
        """
    }
    let (dealt, _) = try deal(try ScratchFolder(files).suite(), lock: nil)
    return check(dealt).filter { $0.message.contains("guess") || $0.message.contains("constant") }
      .map(\.description)
  }

  @Test("requirements that guessing meets")
  func guessing() throws {
    let warning =
      "hone.yaml: warning: guessing at random reaches these targets: each behavior expects one"
      + " label, and what the labels require sums to 1 or less. Raise the targets"
    #expect(try guessing([("a", 0.5), ("b", 0.5)]) == [warning])
    #expect(try guessing([("a", 0.3), ("b", 0.3), ("b", 0.2), ("c", 0.4)]) == [warning])
    #expect(try guessing([("a", 0.5), ("b", 0.51)]) == [])
    #expect(
      try guessing([("a", 0.9), ("a", 0.8)]) == [
        "behaviors/0.yaml:1:1: error: the whole suite expects 'a' and nothing else, which a"
          + " constant answer satisfies. Add behaviors that expect another label"
      ])
  }

  @Test("all findings of one suite, whole")
  func findings() throws {
    let alike = (0..<12).map {
      "  - { input: \"please tell me where the parcel number \($0) is right now\" }\n"
    }
    let folder = try ScratchFolder([
      "hone.yaml": "hone: 1\n",
      "behaviors/a.yaml": "requires: r\nexpect: A\nexamples:\n" + alike.joined(),
      "behaviors/b.yaml": """
      requires: r
      expect: a
      examples:
        - { input: something sealed, role: sealed }
        - { input: Something sealed., role: sealed }
        - { input: all other matters, role: dev }
      """,
    ])
    let (dealt, _) = try deal(try folder.suite(), lock: nil)
    let found = check(dealt, neededSealed: { _ in 29 }).map(\.description)
    #expect(
      found.joined(separator: "\n") == """
        behaviors/a.yaml:1:1: error: 'a' has 1 sealed unit; its target of 0.9 cannot be shown with fewer than 29. Add examples until 29 are sealed (about 73 in all), or lower its target
        behaviors/b.yaml:1:1: error: 'b' has 1 sealed unit; its target of 0.9 cannot be shown with fewer than 29. Add examples until 29 are sealed (about 73 in all), or lower its target
        behaviors/a.yaml:1:1: warning: 'a' has no unit in 'dev', so no candidate can be judged on it. Add examples
        behaviors/a.yaml:1:1: warning: 'a' has no unit in 'train', so nothing is tuned for it. Add examples, or make it a guard: guard: true
        behaviors/a.yaml:4:5: warning: 'A', 'a' are different labels that differ in writing only. Write them alike if they mean the same
        behaviors/a.yaml:4:5: warning: 12 texts are so alike, one like the next, that they count as one unit with one role. Vary the wording if they stand for different cases
        behaviors/a.yaml:4:5: warning: the label 'A' has no example in 'train', so it cannot be learned. Add examples of it, or declare some of them 'train'
        behaviors/b.yaml:1:1: warning: 'b' has no unit in 'train', so nothing is tuned for it. Add examples, or make it a guard: guard: true
        behaviors/b.yaml:4:5: warning: the label 'a' has no example in 'train', so it cannot be learned. Add examples of it, or declare some of them 'train'
        hone.yaml: warning: 'population' is missing: a certificate must say what the examples stand for. Write, for example: population: messages typed into our web form, 2026
        behaviors/a.yaml:1:1: note: 'a' has no unit in 'gate'; its regression test falls back on 'dev'. Add examples, or raise the share of 'gate' for new ones
        behaviors/b.yaml:1:1: note: 'b' has no unit in 'gate'; its regression test falls back on 'dev'. Add examples, or raise the share of 'gate' for new ones
        behaviors/b.yaml:5:5: note: 'b' has 1 row that repeats another; each text counts once
        """)
  }
}
