/// A row that can be used, before rows that say the same become one example.
struct Row: Sendable, Hashable {
  var location: SourceLocation
  var input: String
  var normalized: NormalizedText
  var expected: Expectation
  var cluster: String?
  var role: Role?
  var sourceID: String?
  /// What wrote it, where no user did.
  var generator: String?
  var isHard = false
  /// Whether the row itself says what is expected.
  var saysExpected = false
  /// Whether it contradicts another row and is left out.
  var isSetAside = false
}

/// Makes rows of what a file holds, by the names and expectation of one behavior.
struct RowInterpreter {
  private let input: FieldPath
  private let expected: FieldPath
  private let cluster: FieldPath
  private let role: FieldPath
  private let generator: FieldPath
  private let id: FieldPath?
  let fields: FieldNames
  let expect: Expectation?
  /// What wrote the rows that name no generator of their own.
  private let generatorOfAll: String?

  init(fields: FieldNames, expect: Expectation?, generator: String? = nil) {
    self.fields = fields
    self.expect = expect
    generatorOfAll = generator
    input = FieldPath(fields.input)
    expected = FieldPath(fields.expected)
    cluster = FieldPath(fields.cluster)
    role = FieldPath(fields.role)
    self.generator = FieldPath(fields.generator)
    id = fields.id.map(FieldPath.init)
  }

  /// - Parameter role: What the file declares for its rows.
  func row(
    _ value: SourceValue, at location: SourceLocation, role fileRole: Role?
  ) throws(RowFailure) -> Row {
    if let text = value.scalar {
      guard let expect else { throw RowFailure(.noExpectation) }
      return try row(input: text, expected: expect, location, value: nil, fileRole: fileRole)
    }
    let text = try required(input, "input", value)
    var wanted = expect
    var saysExpected = expect == nil
    if let value = expected.value(in: value), !value.isNothing {
      wanted = try expectation(try scalar(expected, value))
      saysExpected = true
    } else if expect == nil {
      wanted = .label(try required(expected, "expected", value))
    }
    guard let wanted else { throw RowFailure(.noExpectation) }
    var row = try row(input: text, expected: wanted, location, value: value, fileRole: fileRole)
    row.saysExpected = saysExpected
    return row
  }

  /// What a row's own label comes to: it overrides the label of the behavior, and where that rules
  /// one out it must be another one.
  private func expectation(_ written: String) throws(RowFailure) -> Expectation {
    guard case .not(let label) = expect else { return .label(written) }
    if written.trimmed.composed == label { throw RowFailure(.ruledOut(label)) }
    return .not(label)
  }

  private func row(
    input: String, expected: Expectation, _ location: SourceLocation, value: SourceValue?,
    fileRole: Role?
  ) throws(RowFailure) -> Row {
    guard !input.isBlank else { throw RowFailure(.empty(key: fields.input)) }
    guard !expected.named.isBlank else { throw RowFailure(.empty(key: fields.expected)) }
    var row = Row(
      location: location, input: input, normalized: NormalizedText(input),
      expected: expected.label.map { Expectation.label($0.trimmed.composed) } ?? expected,
      role: fileRole,
      generator: generatorOfAll)
    guard let value else { return row }
    row.cluster = try optional(cluster, value)?.trimmed.composed
    if let name = try optional(role, value)?.trimmed {
      guard let named = Role(rawValue: name) else { throw RowFailure(.unknownRole(name)) }
      row.role = named
    }
    if let name = try optional(generator, value)?.trimmed.composed { row.generator = name }
    if let id { row.sourceID = try optional(id, value)?.trimmed }
    row.isHard = value["hard"]?.scalar.map { ["true", "1", "yes"].contains($0) } ?? false
    return row
  }

  private func required(
    _ path: FieldPath, _ field: String, _ row: SourceValue
  ) throws(RowFailure) -> String {
    guard let value = path.value(in: row) else {
      throw RowFailure(
        .missing(key: path.written, field: field, has: row.entries?.map(\.key) ?? []))
    }
    return try scalar(path, value)
  }

  /// The text of a value that may be missing or blank; nil then.
  private func optional(_ path: FieldPath, _ row: SourceValue) throws(RowFailure) -> String? {
    guard let value = path.value(in: row), !value.isNothing else { return nil }
    let text = try scalar(path, value)
    return text.isBlank ? nil : text
  }

  private func scalar(_ path: FieldPath, _ value: SourceValue) throws(RowFailure) -> String {
    if let text = value.scalar { return text }
    throw RowFailure(
      value.isNothing ? .empty(key: path.written) : .wrongType(key: path.written, found: value.kind)
    )
  }
}

/// Carries a `RowProblem` out of the interpreter.
struct RowFailure: Error {
  let problem: RowProblem

  init(_ problem: RowProblem) {
    self.problem = problem
  }
}
