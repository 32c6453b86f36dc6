import Foundation
import Suites
import TestSupport
import Testing

@Suite("hone init writes suites that read back")
struct SuiteWriterTests {
  @Test("the starter suite")
  func starter() throws {
    let folder = try ScratchFolder(["README.md": "mine"])
    let files = try SuiteWriter.writeStarter(to: folder.url)
    #expect(
      files == [
        "behaviors/delivery.jsonl", "behaviors/delivery.yaml", "behaviors/other.yaml",
        "behaviors/returns.jsonl", "behaviors/returns.yaml", "hone.yaml",
      ])
    let suite = try folder.suite()
    #expect(suite.behaviors.map(\.name) == ["delivery", "other", "returns"])
    #expect(suite.behaviors.map(\.examples.count) == [12, 12, 12])
    #expect(suite.clusters.count == 36 && suite.notes.isEmpty)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == [
        "README.md", "behaviors", "hone.yaml",
      ])
  }

  @Test("nothing is overwritten", arguments: ["hone.yaml", "hone.lock", "behaviors/mine.yaml"])
  func overwriting(_ file: String) throws {
    let folder = try ScratchFolder([file: "mine"])
    let name = file.hasPrefix("behaviors") ? "behaviors" : file
    do {
      try SuiteWriter.writeStarter(to: folder.url)
      Issue.record("it was written")
    } catch {
      #expect(
        error.description
          == "\(name): exists already, and nothing is ever overwritten. Choose another folder")
    }
    let left = try FileManager.default.subpathsOfDirectory(atPath: folder.url.path)
    #expect(left.sorted() == (file == name ? [file] : ["behaviors", file]))
  }

  @Test("labels of any kind become files of their own")
  func labels() throws {
    let labels = [
      "refill", "Refill", "REFILL!", "a/b", "../../etc/passwd", "..", "qna", "日本語", "😀", "😁",
      String(repeating: "long ", count: 60) + "x", "no", "1.0", "true", "- x: #y", "\"quoted\"",
      "é",
      "e\u{301} 2", "two\nlines", "null", "~", "*a", "&a", "'", "con", "@", "%", "?",
    ]
    let rows = labels.enumerated().map { i, label in
      "\(word(i)) text,\"\(label.replacing("\"", with: "\"\""))\",g\(i % 5)\n"
    }
    let folder = try ScratchFolder(["rows.csv": "text,label,seed\n" + rows.joined()])
    let source = try LabelledRows.read(
      folder.url.appendingPathComponent("rows.csv"),
      fields: FieldNames(input: "text", expected: "label", cluster: "seed"))
    #expect(source.labels.count == labels.count)
    let target = folder.url.appendingPathComponent("new/suite")
    let files = try SuiteWriter.write(source, to: target) {
      $0.label == "no" ? SuiteWriter.Aim(target: 0.75, hope: 0.9) : nil
    }
    #expect(files.count == 2 * labels.count + 1)
    #expect(Set(files.map { $0.lowercased() }).count == files.count)
    #expect(files.allSatisfy { !$0.contains("..") && $0.utf8.count < 100 })
    let suite = try Suite.read(folder: target)
    #expect(
      Set(suite.behaviors.map(\.name)) == Set(labels.map(\.precomposedStringWithCanonicalMapping)))
    #expect(suite.behaviors.allSatisfy { b in b.examples.map(\.expected) == [.label(b.name)] })
    #expect(suite[behavior: "no"]?.target == 0.75)
    #expect(suite.clusters.count == 5)
  }

  @Test("counts tell what the rows can show")
  func counts() throws {
    let rows = (0..<40).map {
      "{\"input\": \"\(word($0))\", \"expected\": \"a\", \"cluster\": \"\($0 / 2)\"}\n"
    }
    let folder = try ScratchFolder(["rows.jsonl": rows.joined()])
    let source = try LabelledRows.read(folder.url.appendingPathComponent("rows.jsonl"))
    let label = try #require(source.labels.first)
    #expect(label.rows == 40 && label.units == 20)
    let target = folder.url.appendingPathComponent("suite")
    try SuiteWriter.write(source, to: target)
    let (dealt, _) = try deal(try Suite.read(folder: target), lock: nil)
    #expect(dealt.units(in: .sealed) == label.sealed)
  }

  @Test("bad rows are refused by place, or set aside")
  func badRows() throws {
    let folder = try ScratchFolder([
      "rows.csv": "input,expected\na,x\n,y\nb,x\nB!,y\nc\n"
    ])
    let file = folder.url.appendingPathComponent("rows.csv")
    do {
      _ = try LabelledRows.read(file)
      Issue.record("it was read")
    } catch {
      #expect(
        error.lines.joined(separator: "\n") == """
          rows.csv:3:1: 'input' is empty
          rows.csv:4:1: the same input is expected to give 'x', 'y' (see rows.csv:5:1). Keep one of them
          rows.csv:6:1: this row has 1 field where the header has 2
          """)
    }
    let source = try LabelledRows.read(file, onBadRow: .skip)
    #expect(source.setAside.count == 4 && source.labels.map(\.label) == ["x"])
  }
}
