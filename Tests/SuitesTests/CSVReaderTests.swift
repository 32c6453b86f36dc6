import Foundation
import Suites
import Testing

@Suite("CSV as RFC 4180 has it, with places")
struct CSVReaderTests {
  /// Rows as `line: a|b`, problems as `line! text`.
  static func read(_ text: String, delimiter: Character = ",") -> [String] {
    read(Array(text.utf8), delimiter: delimiter)
  }

  static func read(_ bytes: [UInt8], delimiter: Character = ",") -> [String] {
    bytes.withUnsafeBufferPointer { buffer in
      var rows: [String] = []
      do throws(FileProblem) {
        try CSVReader(buffer, delimiter: delimiter.asciiValue ?? 0).forEach(
          header: { (names, _) throws(FileProblem) in rows.append(names.joined(separator: "|")) }
        ) { source in
          switch source {
          case .row(let row):
            guard case .table(let entries) = row.content else { return }
            let fields = entries.map { entry in
              if case .scalar(let text) = entry.value.content { text } else { "?" }
            }
            rows.append("\(row.place.line): \(fields.joined(separator: "|"))")
          case .unusable(let place, let problem): rows.append("\(place.line)! \(problem)")
          case .blank: rows.append("-")
          }
        }
      } catch {
        rows.append("\(error.place.line):\(error.place.column)!! \(error.problem)")
      }
      return rows
    }
  }

  @Test(
    "torture",
    arguments: [
      ("a,b\n1,2", ["a|b", "1: 1|2"].map { $0.replacing("1: ", with: "2: ") }),
      ("a,b\r\n1,2\r\n", ["a|b", "2: 1|2"]),
      ("a,b\r1,2\r3,4", ["a|b", "2: 1|2", "3: 3|4"]),
      ("\n\na,b\n\n1,2\n\n", ["a|b", "-", "5: 1|2", "-"]),
      ("a,b\n\"1,1\",\"2\"\"2\"", ["a|b", "2: 1,1|2\"2"]),
      ("a,b\n\"x\ny\r\nz\",2\n3,4", ["a|b", "2: x\ny\r\nz|2", "5: 3|4"]),
      ("a,b\n\"\",\n,", ["a|b", "2: |", "3: |"]),
      ("a,b\n5\" pipe,x\"y\"", ["a|b", "2: 5\" pipe|x\"y\""]),
      ("a\n\"\"\"\"\n\"\"", ["a", "2: \"", "3: "]),
      (" a , b \n 1 , 2 ", ["a|b", "2:  1 | 2 "]),
      (
        "a,b\n\"1\" ,2",
        [
          "a|b",
          "2! this row cannot be read: text after the closing quote in column 4; write \"\" for a quote within a text",
        ]
      ),
      ("a,,\n1,2,3", ["a||", "2: 1|2|3"]),
      (
        "a,b\n1,\"x\n2,y\n\n3,\"z\"\n\"4\",w",
        [
          "a|b",
          "2! this row cannot be read: text after the closing quote in line 5, of the quote that opens in column 3; write \"\" for a quote within a text",
          "3: 2|y", "-", "5: 3|z", "6: 4|w",
        ]
      ),
      (
        "a,b\r\n\"1\r\n1\",\"x\r\n2,\"y\"\r\n",
        [
          "a|b",
          "2! this row cannot be read: text after the closing quote in line 4, of the quote that opens in column 4; write \"\" for a quote within a text",
          "4: 2|y",
        ]
      ),
      (
        "a,b\n1,\"x\n2,y\n3,\"z",
        [
          "a|b",
          "2! this row cannot be read: text after the closing quote in line 4, of the quote that opens in column 3; write \"\" for a quote within a text",
          "3: 2|y",
          "4:3!! \(SuiteError.Problem.unclosedQuote)",
        ]
      ),
    ] as [(String, [String])])
  func torture(_ text: String, _ rows: [String]) {
    #expect(Self.read(text) == rows)
  }

  @Test("tabs")
  func tabs() {
    #expect(Self.read("a\tb\n1,5\t\"2\t2\"", delimiter: "\t") == ["a|b", "2: 1,5|2\t2"])
  }

  @Test("bytes that are no text")
  func bytes() {
    #expect(
      Self.read(Array("a,b\n1,".utf8) + [0xFF] + Array("\n2,\u{0}\n3,4".utf8)) == [
        "a|b", "2! not valid UTF-8 at byte 6 of the file", "3! a NUL byte at byte 10 of the file",
        "4: 3|4",
      ])
  }

  @Test("what was written is read back")
  func roundTrip() {
    var generator = SeededGenerator(3)
    let alphabet = ["a", "\"", ",", "\n", "\r\n", "é", " ", "😀", "\"\"", "x,y"]
    for _ in 0..<300 {
      let rows = (0..<Int.random(in: 1...5, using: &generator)).map { _ in
        (0..<3).map { _ in
          (0..<Int.random(in: 0...5, using: &generator))
            .map { _ in alphabet.randomElement(using: &generator) ?? "" }.joined()
        }
      }
      let text =
        "a,b,c\n"
        + rows.map { row in
          row.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") + "\n"
        }.joined()
      let found = Self.read(text).dropFirst().map { $0.drop { $0 != " " }.dropFirst() }
      #expect(found.map(String.init) == rows.map { $0.joined(separator: "|") })
    }
  }

  @Test("an endless line is one error")
  func longLine() {
    let long = "a,b\n1,2\n" + String(repeating: "\"x\",", count: 600_000) + "\n3,4\n"
    #expect(
      Self.read(long) == [
        "a|b", "2: 1|2", "3! a row of 2400000 bytes; a row may have 1048576", "4: 3|4",
      ])
  }
}
