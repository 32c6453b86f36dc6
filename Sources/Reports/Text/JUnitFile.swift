import Foundation
package import Suites

/// A JUnit XML file of one test suite, whatever its cases are about.
///
/// ```
/// failed    <failure message="…" type="…">, with its lines
/// skipped   <skipped message="…"/>, lines in <system-out>
/// passed    lines, where there are some, in <system-out>
/// ```
package struct JUnitFile {
  /// The suite's name.
  package var name: String
  package var properties: [(name: String, value: String)]
  package var cases: [Case]
  package var seconds: Double
  /// The tool that wrote it.
  package var tool: String

  package init(
    name: String, properties: [(name: String, value: String)], cases: [Case], seconds: Double,
    tool: String = "hone test"
  ) {
    self.name = name
    self.properties = properties
    self.cases = cases
    self.seconds = seconds
    self.tool = tool
  }

  package struct Case {
    package var name: String
    package var location: SourceLocation
    package var outcome: Outcome
    /// What stands within, as plain text.
    package var lines: [String]

    package init(name: String, location: SourceLocation, outcome: Outcome, lines: [String]) {
      self.name = name
      self.location = location
      self.outcome = outcome
      self.lines = lines
    }
  }

  package enum Outcome {
    case passed
    case failed(message: String, type: String)
    case skipped(message: String)
  }

  package var text: String {
    let counts =
      "tests=\"\(cases.count)\" failures=\"\(cases.count(where: \.hasFailed))\" errors=\"0\" "
      + "skipped=\"\(cases.count(where: \.isSkipped))\" time=\"\(time)\""
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
      "<testsuites name=\"\(escaped(tool))\" \(counts)>",
      "  <testsuite name=\"\(escaped(name))\" \(counts)>",
      "    <properties>",
    ]
    lines += properties.map { property in
      "      <property name=\"\(property.name)\" value=\"\(escaped(property.value))\"/>"
    }
    lines.append("    </properties>")
    for testCase in cases { lines += self.lines(of: testCase) }
    return (lines + ["  </testsuite>", "</testsuites>"]).joined(separator: "\n") + "\n"
  }

  private var time: String { String(format: "%.3f", seconds) }

  private func lines(of testCase: Case) -> [String] {
    let head =
      "    <testcase classname=\"\(escaped(name))\" name=\"\(escaped(testCase.name))\" "
      + "file=\"\(escaped(testCase.location.file))\" "
      + "line=\"\(max(1, testCase.location.line))\" time=\"0.000\">"
    let body = testCase.lines.map(XMLText.escaped)
    let output = body.isEmpty ? [] : ["      <system-out>"] + body + ["</system-out>"]
    switch testCase.outcome {
    case .failed(let message, let type):
      return [
        head, "      <failure message=\"\(XMLText.escaped(message))\" type=\"\(type)\">",
      ] + body + ["</failure>", "    </testcase>"]
    case .skipped(let message):
      return [head, "      <skipped message=\"\(XMLText.escaped(message))\"/>"] + output
        + ["    </testcase>"]
    case .passed: return [head] + output + ["    </testcase>"]
    }
  }

  private func escaped(_ text: String) -> String { XMLText.escaped(text.harmless) }
}

extension JUnitFile.Case {
  fileprivate var hasFailed: Bool { if case .failed = outcome { true } else { false } }
  fileprivate var isSkipped: Bool { if case .skipped = outcome { true } else { false } }
}
