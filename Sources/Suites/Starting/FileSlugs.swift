/// Gives labels file names that are safe everywhere and never collide.
///
/// Letters and digits stay, in lower case; everything else becomes one `-`; at most 60 bytes.
/// Names that differ in case or writing only get `-2`, `-3`, … in the order of asking.
package struct FileSlugs {
  static let longest = 60

  // qna.yaml is the name of an InstructLab leaf.
  private var taken: Set<String> = ["qna"]

  package init() {}

  package mutating func slug(for label: String) -> String {
    let plain = Self.plain(label)
    var slug = plain
    var number = 1
    while !taken.insert(NormalizedText(slug).text).inserted {
      number += 1
      slug = "\(plain)-\(number)"
    }
    return slug
  }

  private static func plain(_ label: String) -> String {
    var result = ""
    var gap = false
    for scalar in label.lowercased().composed.unicodeScalars {
      guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil else {
        gap = true
        continue
      }
      let next = (gap && !result.isEmpty ? "-" : "") + String(scalar)
      if result.utf8.count + next.utf8.count > longest { break }
      result += next
      gap = false
    }
    return result.isEmpty ? "label" : result.composed
  }
}
