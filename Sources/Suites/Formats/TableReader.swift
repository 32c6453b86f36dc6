/// Walks a mapping, collecting every problem instead of stopping at the first.
struct TableReader {
  let file: String
  /// The mapping's own key; nil at the top of a file.
  let name: String?
  let place: Place
  private let entries: [SourceValue.Entry]
  private(set) var errors: [SuiteError] = []

  /// - Parameter known: Every key that may stand in it.
  init(_ value: SourceValue?, file: String, name: String? = nil, known: [String]) {
    self.file = file
    self.name = name
    place = value?.place ?? .wholeFile
    entries = value?.entries ?? []
    if let value, value.entries == nil, !value.isNothing {
      refuse(
        .wrongType(
          key: name ?? file, expected: "a mapping of \(list(known, none: ""))", found: value.kind),
        at: value.place)
    }
    for entry in entries where !known.contains(entry.key) {
      refuse(.unknownKey(entry.key, parent: name, known: known), at: entry.place)
    }
  }

  mutating func refuse(_ problem: SuiteError.Problem, at place: Place) {
    errors.append(SuiteError(problem, at: SourceLocation(file, place)))
  }

  mutating func refuse(_ more: [SuiteError]) {
    errors += more
  }

  func location(_ key: String) -> SourceLocation {
    SourceLocation(file, entry(key)?.place ?? place)
  }

  func entry(_ key: String) -> SourceValue.Entry? {
    entries.first { $0.key == key }
  }

  /// The value of a key, whatever it is; nil where there is none or nothing.
  func value(_ key: String) -> SourceValue? {
    guard let value = entry(key)?.value, !value.isNothing else { return nil }
    return value
  }

  func has(_ key: String) -> Bool { entry(key) != nil }

  // MARK: - Scalars

  /// A text that is not blank, trimmed and composed (NFC).
  mutating func text(_ key: String, expected: String = "a text") -> String? {
    guard let entry = entry(key) else { return nil }
    if entry.value.isNothing {
      refuse(.emptyValue(key: key), at: entry.place)
      return nil
    }
    guard let text = entry.value.scalar else {
      refuse(
        .wrongType(key: key, expected: expected, found: entry.value.kind), at: entry.value.place)
      return nil
    }
    guard !text.isBlank else {
      refuse(.emptyValue(key: key), at: entry.value.place)
      return nil
    }
    return text.trimmed.composed
  }

  /// A text exactly as written, blank or not.
  mutating func verbatim(_ key: String) -> String? {
    guard let entry = entry(key) else { return nil }
    if let text = entry.value.scalar { return text }
    refuse(.wrongType(key: key, expected: "a text", found: entry.value.kind), at: entry.place)
    return nil
  }

  mutating func choice<T: RawRepresentable & CaseIterable>(
    _ key: String, _: T.Type
  ) -> T? where T.RawValue == String {
    let known = T.allCases.map(\.rawValue)
    guard let text = text(key, expected: "one of \(list(known, none: ""))") else { return nil }
    if let value = T(rawValue: text) { return value }
    refuse(.unknownValue(key: key, found: text, known: known), at: entry(key)!.value.place)
    return nil
  }

  mutating func flag(_ key: String) -> Bool? {
    guard let text = text(key, expected: "true or false") else { return nil }
    switch text {
    case "true": return true
    case "false": return false
    default:
      refuse(
        .wrongType(key: key, expected: "true or false", found: "'\(shown(text))'"),
        at: entry(key)!.value.place)
      return nil
    }
  }

  mutating func number(
    _ key: String, expected: String, where isRight: (Double) -> Bool
  ) -> Double? {
    guard let text = text(key, expected: expected) else { return nil }
    if let number = Self.decimal(text), isRight(number) { return number }
    refuse(.outOfRange(key: key, found: text, expected: expected), at: entry(key)!.value.place)
    return nil
  }

  /// A fraction in (0, 1).
  mutating func rate(_ key: String) -> Double? {
    number(key, expected: "a rate above 0 and below 1, such as 0.9") { $0 > 0 && $0 < 1 }
  }

  mutating func integer<T: FixedWidthInteger>(
    _ key: String, expected: String, in range: ClosedRange<T>
  ) -> T? {
    guard let text = text(key, expected: expected) else { return nil }
    if let number = T(text), range.contains(number) { return number }
    refuse(.outOfRange(key: key, found: text, expected: expected), at: entry(key)!.value.place)
    return nil
  }

  /// A number in decimal digits, with sign, point and exponent; no `nan`, `inf` or hexadecimal.
  static func decimal(_ text: String) -> Double? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }),
      let number = Double(text), number.isFinite
    else { return nil }
    return number
  }

  /// `hone: 1`, and no other version.
  mutating func version(required: Bool) {
    guard let entry = entry("hone") else {
      if required { refuse(.missingKey("hone", example: "hone: 1"), at: .wholeFile) }
      return
    }
    if entry.value.scalar != "1" {
      refuse(.version(found: entry.value.scalar ?? entry.value.kind), at: entry.value.place)
    }
  }
}
