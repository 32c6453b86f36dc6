import Foundation
import Suites
import TestSupport
import Testing

@Suite("Fresh rows beside a suite")
struct FreshRowsTests {
  private static let yaml = """
    hone: 1
    model: { base: minilm, task: classify }

    """

  private func folder(_ behaviors: [String: String]) throws -> ScratchFolder {
    var files = ["hone.yaml": Self.yaml]
    for (name, text) in behaviors { files["behaviors/\(name).yaml"] = text }
    return try ScratchFolder(files)
  }

  private func refillAndOther() throws -> ScratchFolder {
    try folder([
      "refill": """
      requires: Refills.
      expect: refill
      examples:
        - Please refill my tablets
        - { input: My inhaler is empty and I need another one, cluster: anna }
      """,
      "other": """
      requires: The rest.
      expect: other
      examples: [When do you open, Where can I park]
      """,
    ])
  }

  private func read(
    _ text: String, name: String = "new.csv", in folder: ScratchFolder,
    fields: FieldNames = FieldNames(), onBadRow: BadRowPolicy = .refuse
  ) throws -> FreshRows {
    try folder.write(text, to: name)
    return try FreshRows.read(
      folder.url.appendingPathComponent(name), for: try folder.suite(), fields: fields,
      onBadRow: onBadRow)
  }

  private func errors(_ text: String, in folder: ScratchFolder) throws -> String {
    do {
      _ = try read(text, in: folder)
      return ""
    } catch let error as SuiteErrors {
      return error.description
    }
  }

  @Test("A behavior that rules a label out on the examples of others does so on fresh rows")
  func ruledOut() throws {
    let folder = try folder([
      "refill": "requires: r\nexpect: refill\nexamples: [more pills please, another inhaler]\n",
      "other": "requires: o\nexpect: other\nexamples: [When do you open, Where can I park]\n",
      "urgent": "requires: u\nexpect: urgent\nexamples: [I cannot breathe, my chest hurts]\n",
      "no-refill": """
      requires: Nothing else is taken for a refill.
      expect: { not: refill }
      examples: [{ of: others }]
      """,
      "no-alarm": """
      requires: Refills are no emergency.
      expect: { not: urgent }
      examples: [{ of: [refill] }]
      """,
    ])
    let rows = try read(
      "input,expected\nthe blue tablets again,refill\nis it far from the station,other\n",
      in: folder)
    #expect(rows.units["no-refill"]?.map(\.input) == ["is it far from the station"])
    #expect(rows.units["no-refill"]?.first?.expected == .not("refill"))
    #expect(rows.units["no-alarm"]?.map(\.input) == ["the blue tablets again"])
    #expect(rows.units["refill"]?.first?.expected == "refill")
    #expect(rows.units["urgent"] == nil)
  }

  @Test("Each row goes to the behavior that expects its label; of a cluster one counts")
  func units() throws {
    let rows = try read(
      """
      input,expected,cluster
      Could I have more of the blue pills,refill,
      the pharmacy has nothing left for me,refill,ben
      I am out of drops as well,refill,ben
      COULD I HAVE MORE of the blue pills!,refill,
      Is there a lift in the building,other,

      """, in: try refillAndOther())
    #expect(rows.rows == 5)
    #expect(rows.units.mapValues(\.count) == ["refill": 2, "other": 1])
    #expect(rows.repeated == 2)
    #expect(rows.known.isEmpty && rows.unmatched.isEmpty)
    let texts = rows.units["refill"]?.map(\.input) ?? []
    #expect(texts.count { $0.lowercased().hasPrefix("could") } == 1)
    #expect(rows.units["other"]?.first?.locations.first?.description == "new.csv:6:1")
  }

  @Test("What the suite has is told apart: the same text, nearly, or of a named cluster")
  func known() throws {
    let rows = try read(
      """
      input,expected,cluster
      please REFILL my tablets.,refill,
      please refill my tablets,other,
      Please refill my tablets!!,other,
      When do you open?,refill,
      My inhaler is empty and I need another one!!!,refill,
      My inhaler is empty and I need another one s,refill,
      something else entirely from Anna,refill,anna
      nobody has seen this one before,refill,

      """, in: try refillAndOther(), onBadRow: .skip)
    // Rows that contradict each other are set aside, as anywhere.
    #expect(rows.setAside.count == 3)
    #expect(rows.known.map(\.location.line) == [5, 6, 7, 8])
    #expect(rows.known.map(\.isSameText) == [true, true, false, false])
    #expect(rows.known.map(\.isRelabelled) == [true, false, false, false])
    #expect(rows.units.mapValues(\.count) == ["refill": 1])
  }

  @Test("Labels that no behavior has, or several, are errors by label; or listed")
  func unmatched() throws {
    let folder = try refillAndOther()
    try folder.write(
      "requires: Too.\nexpect: other\nexamples: [Do you sell stamps]\n",
      to: "behaviors/stamps.yaml")
    let text = """
      input,expected
      Could I have more of the blue pills,refil
      Anything left of the yellow ones,refil
      Is there a lift in the building,other
      I ran out,refill

      """
    #expect(
      try errors(text, in: folder) == """
        new.csv:2:1: no behavior of the suite expects 'refil' (2 rows; also at new.csv:3:1). Did \
        you mean 'refill'? Known: other, refill.
        new.csv:4:1: several behaviors expect 'other', and nobody can say which of them its rows \
        are about: other, stamps
        3 rows to mend; or set such rows aside and have them counted, with on_bad_row: skip in \
        hone.yaml (hone init, hone test: --skip-bad-rows).
        """)
    let rows = try read(text, in: folder, onBadRow: .skip)
    #expect(rows.unmatched.map(\.location.line) == [2, 3, 4])
    #expect(rows.unmatched.map(\.behaviors) == [[], [], ["other", "stamps"]])
    #expect(rows.units.mapValues(\.count) == ["refill": 1])
    #expect(rows.rows == 4 && rows.repeated == 0)
  }

  @Test("Other formats and names of fields, and problems at their place")
  func formats() throws {
    let folder = try refillAndOther()
    let rows = try read(
      """
      {"q": "Could I have more of the blue pills", "a": {"label": "refill"}}
      """, name: "new.jsonl", in: folder,
      fields: FieldNames(input: "q", expected: "a.label"))
    #expect(rows.units["refill"]?.count == 1)
    #expect(
      try errors("input,expected\nno label here,\n", in: folder)
        .hasPrefix("new.csv:2:1: 'expected' is empty\n"))
    #expect(
      try errors("text,expected\na,b\n", in: folder)
        .hasPrefix("new.csv:1:1: there is no column 'input'; the header has text, expected."))
    #expect(try errors("input,expected\n", in: folder) == "new.csv: holds no row that can be used")
  }
}
