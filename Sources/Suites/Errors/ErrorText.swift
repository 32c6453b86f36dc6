/// `a, b, c`, cut after 20 with the rest counted.
func list(_ items: [String], none: String) -> String {
  if items.isEmpty { return none }
  let rest = items.count > 20 ? ", and \(items.count - 20) more" : ""
  return items.prefix(20).map { shown($0, limit: 200) }.joined(separator: ", ") + rest
}

/// ` Did you mean 'exact'? Known: exact, label.`
func suggestion(_ written: String, among known: [String]) -> String {
  let meant = NearestName.of(written, among: known).map { " Did you mean '\($0)'?" } ?? ""
  return meant + " Known: \(list(known.sorted(), none: "none"))."
}

/// A text fit for one line of an error: control characters escaped, cut after `limit` characters.
func shown(_ text: String, limit: Int = 80) -> String {
  var result = ""
  var count = 0
  for scalar in text.unicodeScalars {
    if count == limit { return result + "…" }
    count += 1
    switch scalar {
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    default:
      if scalar.properties.generalCategory == .control
        || scalar.properties.generalCategory == .format
      {
        result += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
  }
  return result
}

extension Expectation {
  /// `'refill'`, `not 'emergency'`, fit for one line of an error.
  var quoted: String { worded { "'\(shown($0))'" } }
}
