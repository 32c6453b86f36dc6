/// Examples of other behaviors that a behavior with `expect: { not: … }` is graded on as well:
/// `examples: { of: others }`, `examples: { of: [refill, billing] }`.
///
/// A borrowed example is the same text in the same cluster, and so in the same role: what is sealed
/// for one behavior is sealed for both. Only behaviors that expect labels lend, so nobody borrows
/// in a circle.
struct Borrowing: Sendable, Hashable {
  enum Lenders: Sendable, Hashable {
    /// All behaviors that expect labels.
    case others
    case named([Name])
  }

  struct Name: Sendable, Hashable {
    var name: String
    var location: SourceLocation
  }

  var lenders: Lenders
  var location: SourceLocation

  /// The word that stands for all other behaviors; in a list it is a name like any other.
  static let others = "others"
  private static let expected = "'\(others)', or a list of behaviors"

  /// Whether an entry of `examples` borrows, and is not an example itself.
  static func isMeant(by item: SourceValue, _ fields: FieldNames) -> Bool {
    item["of"] != nil && item[fields.input] == nil
  }

  /// Reads `{ of: … }`.
  ///
  /// - Returns: Nil with the errors where it cannot be read.
  static func read(_ item: SourceValue, file: String) -> (Borrowing?, errors: [SuiteError]) {
    var table = TableReader(item, file: file, name: "examples", known: ["of"])
    guard let entry = table.entry("of") else { return (nil, table.errors) }
    var lenders: Lenders?
    switch entry.value.content {
    case .scalar:
      if let name = table.text("of", expected: expected) {
        let place = SourceLocation(file, entry.value.place)
        lenders = name == others ? .others : .named([Name(name: name, location: place)])
      }
    case .list(let items) where !items.isEmpty:
      var names: [Name] = []
      for item in items {
        if let name = item.scalar, !name.isBlank {
          names.append(
            Name(name: name.trimmed.composed, location: SourceLocation(file, item.place)))
        } else {
          table.refuse(
            .wrongType(key: "of", expected: expected, found: item.kind), at: item.place)
        }
      }
      lenders = .named(names)
    case .list, .nothing: table.refuse(.emptyValue(key: "of"), at: entry.place)
    case .table:
      table.refuse(
        .wrongType(key: "of", expected: expected, found: entry.value.kind), at: entry.value.place)
    }
    guard table.errors.isEmpty, let lenders else { return (nil, table.errors) }
    return (Borrowing(lenders: lenders, location: SourceLocation(file, item.place)), [])
  }
}

extension Borrowing {
  /// What makes no sense of what one behavior borrows; empty where it can be had.
  ///
  /// - Parameter drafts: All behaviors, with the rows that can be used.
  func problems(
    for borrower: BehaviorReader.Draft, among drafts: [BehaviorReader.Draft]
  ) -> [SuiteError] {
    guard case .not(let label) = borrower.expect else {
      return [SuiteError(.borrowsWithoutNot(behavior: borrower.name), at: location)]
    }
    if borrower.isGuard { return [SuiteError(.guardBorrows, at: location)] }
    if case .named(let names) = lenders {
      let errors = names.compactMap { problem(of: $0, label, borrower, drafts) }
      if !errors.isEmpty { return errors }
    }
    let lends = self.drafts(among: drafts).contains { draft in
      draft.rows.contains { $0.expected.label != nil && $0.expected != .label(label) }
    }
    return lends ? [] : [SuiteError(.nothingToBorrow(label: label), at: location)]
  }

  private func problem(
    of lender: Name, _ label: String, _ borrower: BehaviorReader.Draft,
    _ drafts: [BehaviorReader.Draft]
  ) -> SuiteError? {
    guard let draft = drafts.first(where: { $0.name == lender.name }) else {
      let known = drafts.filter { $0.expect?.isNegation != true }.map(\.name)
      return SuiteError(
        .unknownValue(key: "behavior", found: lender.name, known: known), at: lender.location)
    }
    if draft.expect?.isNegation == true {
      return SuiteError(
        .lenderNegates(lender.name, isItself: lender.name == borrower.name), at: lender.location)
    }
    return draft.rows.contains { $0.expected != .label(label) }
      ? nil : SuiteError(.lenderExpects(label, behavior: lender.name), at: lender.location)
  }

  private func drafts(among drafts: [BehaviorReader.Draft]) -> [BehaviorReader.Draft] {
    let lending = drafts.filter { $0.expect?.isNegation != true }
    guard case .named(let names) = lenders else { return lending }
    let wanted = Set(names.map(\.name))
    return lending.filter { wanted.contains($0.name) }
  }

  /// The examples that the borrowers get, beside their own.
  ///
  /// - Parameters:
  ///   - drafts: All behaviors; what they borrow has no problems.
  ///   - own: The examples of each from its own rows; shape [drafts].
  /// - Returns: The examples of each in order of id; shape [drafts].
  static func examples(
    _ drafts: [BehaviorReader.Draft], own: [[Example]]
  ) -> [[Example]] {
    let ownByName = Dictionary(
      zip(drafts.map(\.name), own), uniquingKeysWith: { first, _ in first })
    return zip(drafts, own).map { draft, own in
      guard case .not(let label) = draft.expect, !draft.borrows.isEmpty else { return own }
      var all = Dictionary(uniqueKeysWithValues: own.map { ($0.id, $0) })
      for borrowing in draft.borrows {
        for lender in borrowing.drafts(among: drafts) {
          for example in ownByName[lender.name] ?? [] {
            guard let expected = example.expected.label, expected != label else { continue }
            let lent = example.expecting(.not(label))
            if all[lent.id] == nil { all[lent.id] = lent }
          }
        }
      }
      return all.values.sorted { $0.id < $1.id }
    }
  }
}

extension Expectation {
  fileprivate var isNegation: Bool { label == nil }
}

extension Example {
  /// The same text in the same cluster, held to something else.
  fileprivate func expecting(_ expectation: Expectation) -> Example {
    var example = self
    example.id = Fingerprint.example(NormalizedText(input), expected: expectation)
    example.expected = expectation
    // Its rows are counted, and their repeats told, where they stand.
    example.locations = Array(locations.prefix(1))
    return example
  }
}
