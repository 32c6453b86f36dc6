import TestSupport
import Testing

/// What somebody sees who rules a label out in a way that cannot be meant.
@Suite("Errors about labels that are ruled out, and about borrowing")
struct NegationErrorTests {
  /// A suite of `refill` and `emergency` with one more behavior.
  private static func suite(_ calm: String, _ more: [String: String] = [:]) -> [String: String] {
    [
      "hone.yaml": "hone: 1\n",
      "behaviors/refill.yaml": "requires: r\nexpect: refill\nexamples: [more pills]\n",
      "behaviors/emergency.yaml": "requires: r\nexpect: emergency\nexamples: [it bleeds]\n",
      "behaviors/calm.yaml": "requires: r\n\(calm)\n",
    ].merging(more) { $1 }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var calm: String
    var more: [String: String] = [:]
    var text: String
    var testDescription: String { calm }
  }

  @Test(
    "the whole text",
    arguments: [
      Case(
        calm: "expect: { nott: emergency }\nexamples: [hello]",
        text: "behaviors/calm.yaml:2:11: there is no key 'nott' in 'expect'. Did you mean 'not'?"
          + " Known: not."),
      Case(
        calm: "expect: { not: }\nexamples: [hello]",
        text: "behaviors/calm.yaml:2:11: 'not' is empty. Fill it in, or remove the key"),
      Case(
        calm: "expect: {}\nexamples: [hello]",
        text: "behaviors/calm.yaml:2:1: 'expect' is empty. Fill it in, or remove the key"),
      Case(
        calm: "expect: { not: [emergency] }\nexamples: [hello]",
        text: "behaviors/calm.yaml:2:16: 'not' must be a label; found a list"),
      Case(
        calm: "expect: [emergency]\nexamples: [hello]",
        text: "behaviors/calm.yaml:2:9: 'expect' must be a label, or { not: … }; found a list"),
      Case(
        calm: "expect: { not: emergancy }\nexamples: [hello]",
        text: "behaviors/calm.yaml:2:16: no behavior expects the label 'emergancy', so there is"
          + " nothing to rule out. Did you mean 'emergency'? Known: emergency, refill."),
      Case(
        calm: "expect: { not: emergency }\nexamples: { of: [refil] }",
        text: "behaviors/calm.yaml:3:18: there is no behavior 'refil'. Did you mean 'refill'?"
          + " Known: emergency, refill."),
      Case(
        calm: "expect: { not: emergency }\nexamples: { of: { name: refill } }",
        text: "behaviors/calm.yaml:3:17: 'of' must be 'others', or a list of behaviors; found a"
          + " mapping"),
      Case(
        calm: "expect: { not: emergency }\nexamples: { of: [] }",
        text: "behaviors/calm.yaml:3:13: 'of' is empty. Fill it in, or remove the key"),
      Case(
        calm: "expect: { not: emergency }\nexamples: { of: others, role: dev }",
        text: "behaviors/calm.yaml:3:25: there is no key 'role' in 'examples'. Known: of."),
      Case(
        calm: "expect: { not: emergency }\nexamples: { of: [refill, emergency] }",
        text: "behaviors/calm.yaml:3:26: every example of 'emergency' expects 'emergency', which is"
          + " ruled out here. Leave it out"),
      Case(
        calm: "expect: { not: emergency }\nexamples: { of: calm }",
        text: "behaviors/calm.yaml:3:17: 'calm' cannot borrow from itself. Name other behaviors, or"
          + " write: of: others"),
      Case(
        calm: "expect: { not: emergency }\nexamples: { of: cool }",
        more: [
          "behaviors/cool.yaml":
            "requires: r\nexpect: { not: refill }\nexamples: { of: calm }\n"
        ],
        text: [("calm", "cool"), ("cool", "calm")].map { borrower, lender in
          "behaviors/\(borrower).yaml:3:17: '\(lender)' rules a label out itself, so it lends no"
            + " example. Name the behaviors that expect labels, or write: of: others"
        }.joined(separator: "\n")),
      Case(
        calm: "expect: { not: emergency }\nexamples: { of: others }",
        more: ["behaviors/refill.yaml": "requires: r\nexpect: emergency\nexamples: [help]\n"],
        text: "behaviors/calm.yaml:3:11: there is no example that expects anything but 'emergency',"
          + " so none to borrow. Add a behavior that expects another label"),
      Case(
        calm: "expect: refill\nexamples: { of: others }",
        text: "behaviors/calm.yaml:3:11: 'calm' borrows examples of other behaviors, which only a"
          + " behavior that rules a label out can. Write, for example: expect: { not: emergency }"),
      Case(
        calm: "expect: { not: emergency }\nguard: true\nexamples: { of: others }",
        text: "behaviors/calm.yaml:4:11: a guard keeps its examples from tuning, and these are"
          + " tuned on where they come from. Leave out 'guard: true', or give the guard examples of"
          + " its own"),
      Case(
        calm: "expect: { not: emergency }\nexamples: [It bleeds!]",
        text: "behaviors/calm.yaml:3:12: the same input is expected to give 'emergency', not"
          + " 'emergency' (see behaviors/emergency.yaml:3:12). Keep one of them"),
      Case(
        calm: "expect: { not: emergency }\nexamples: [{ input: hello, expected: emergency }]",
        text: "behaviors/calm.yaml:3:12: this row expects 'emergency', which the behavior rules out"
          + " (expect: { not: … }). Move it to another behavior"),
    ])
  func text(_ example: Case) throws {
    let folder = try ScratchFolder(Self.suite(example.calm, example.more))
    #expect(folder.errors() == example.text)
  }
}
