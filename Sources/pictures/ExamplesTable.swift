import Charts
import Statistics

/// How many examples a target takes: the table of `docs/promises.md`.
enum ExamplesTable {
  private static let begin = "<!-- begin: examples (make pictures) -->\n"
  private static let end = "<!-- end: examples -->"

  /// The page with the table between its two marks written anew; as it was where they are missing.
  static func fill(_ page: String) -> String {
    guard let first = page.firstRange(of: begin), let last = page.firstRange(of: end),
      first.upperBound <= last.lowerBound
    else { return page }
    return page[..<first.upperBound] + table + page[last.lowerBound...]
  }

  /// Sealed units of a first attempt at 95 % confidence, and examples in all at a sealed share
  /// of .4.
  static var table: String {
    let head = """
      | target | hope | no failure | 1 behavior | 5 together | 20 together | examples each, of 5 |
      |---|---|---|---|---|---|---|

      """
    return [0.75, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99].reduce(head) { text, target in
      let hope = 1 - (1 - target) / 3
      let clean = zeroFailureSampleSize(target: target, alpha: Figures.firstLevel)
      let needs = [1, 5, 20].map { behaviors in
        ExactBinomialTest.smallest(
          target: target, hope: hope, alpha: Figures.firstLevel, beta: 0.1 / Double(behaviors)
        ).trials
      }
      let all = Int((Double(needs[1]) / 0.4).rounded(.up))
      let cells = ([clean] + needs + [all]).map(String.init).joined(separator: " | ")
      return text + "| \(Axis.hundredths(target)) | \(thousandths(hope)) | \(cells) |\n"
    }
  }

  private static func thousandths(_ value: Double) -> String {
    let thousandths = Int((value * 1000).rounded())
    let digits = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
  }
}
