import Suites
import TestSupport
import Testing

@Suite("Examples of one generator")
struct OneGeneratorTests {
  private func findings(_ files: [String: String]) throws -> [String] {
    let folder = try ScratchFolder(
      ["hone.yaml": "hone: 1\npopulation: p\n"].merging(files) { $1 })
    let (dealt, _) = try deal(try folder.suite(), lock: nil)
    return check(dealt).filter { $0.kind == .population }.map(\.description)
  }

  private static let rows = ["one", "two"].map {
    "{\"input\": \"\($0)\", \"by\": \"gpt\"}\n"
  }.joined()

  private static func behavior(_ name: String, _ more: String = "") -> String {
    "requires: r\nexpect: \(name)\n\(more)examples: \(name).jsonl\n"
  }

  @Test("all of the suite, by what hone.yaml, a behavior or its rows say")
  func whole() throws {
    let text =
      "hone.yaml: warning: all examples of the suite were written by one generator ('gpt'), so what"
      + " is claimed of them holds for inputs like its own. Add examples from real use, or by other"
      + " generators"
    let inline = "requires: r\nexpect: b\nexamples: [three]\n"
    #expect(
      try findings([
        "hone.yaml": "hone: 1\npopulation: p\ngenerator: gpt\n",
        "behaviors/a.yaml": "requires: r\nexpect: a\nexamples: [one]\n", "behaviors/b.yaml": inline,
      ]) == [text])
    #expect(
      try findings([
        "behaviors/a.yaml": Self.behavior("a", "fields: { generator: by }\n"),
        "behaviors/a.jsonl": Self.rows, "behaviors/b.yaml": "generator: gpt\n" + inline,
      ]) == [text])
  }

  @Test("all of some behaviors, named together")
  func some() throws {
    #expect(
      try findings([
        "behaviors/a.yaml": Self.behavior("a", "fields: { generator: by }\n"),
        "behaviors/a.jsonl": Self.rows,
        "behaviors/b.yaml": "requires: r\nexpect: b\nexamples: [{ input: b, generator: gpt }]\n",
        "behaviors/c.yaml": "requires: r\nexpect: c\nexamples: [{ input: c, generator: claude }]\n",
        "behaviors/d.yaml": "requires: r\nexpect: d\nexamples: [real]\n",
      ]) == [
        "behaviors/a.yaml:1:1: warning: all examples of a, b were written by one generator ('gpt'),"
          + " so what is claimed of them holds for inputs like its own. Add examples from real use,"
          + " or by other generators",
        "behaviors/c.yaml:1:1: warning: all examples of c were written by one generator ('claude'),"
          + " so what is claimed of them holds for inputs like its own. Add examples from real use,"
          + " or by other generators",
      ])
  }

  @Test(
    "nothing where a row names another generator, or none",
    arguments: ["\"by\": \"claude\"", "\"by\": null", "\"hard\": true"])
  func mixed(_ other: String) throws {
    #expect(
      try findings([
        "behaviors/a.yaml": Self.behavior("a", "fields: { generator: by }\n"),
        "behaviors/a.jsonl": Self.rows + "{\"input\": \"three\", \(other)}\n",
        "behaviors/b.yaml": "requires: r\nexpect: b\nexamples: [real]\n",
      ]) == [])
  }

  @Test("a text that a user wrote as well is no generator's alone")
  func repeated() throws {
    let suite = try ScratchFolder([
      "hone.yaml": "hone: 1\n",
      "behaviors/a.yaml":
        "requires: r\nexpect: a\nexamples: [{ input: One, generator: gpt }, { input: one }]\n",
    ]).suite()
    #expect(suite.behaviors[0].examples.map(\.generator) == [nil])
  }
}
