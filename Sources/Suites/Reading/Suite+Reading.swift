public import Foundation

extension Suite {
  /// Reads a suite from its folder, and checks all of it.
  ///
  /// Collects every problem before it gives up, so that one reading shows all there is to mend.
  /// Rows that cannot be used are problems too, unless the suite or the behavior says
  /// `on_bad_row: skip`; then they are in `setAside`.
  ///
  /// - Parameters:
  ///   - folder: The folder that holds `hone.yaml`.
  ///   - caches: Where to keep what takes long to find out, so that it is found out once; nil keeps
  ///     nothing. The result does not depend on it, and nothing is written where the folder around
  ///     it is missing.
  /// - Throws: `SuiteErrors`, sorted by place.
  public static func read(folder: URL, caches: URL? = nil) throws(SuiteErrors) -> Suite {
    var reader = SuiteReader(folder: folder, cache: caches.map(LinkCache.init(folder:)))
    return try reader.read()
  }
}

/// The steps of reading a suite.
private struct SuiteReader {
  let folder: URL
  let cache: LinkCache?
  var errors: [SuiteError] = []
  var notes: [SuiteNote] = []

  init(folder: URL, cache: LinkCache?) {
    self.folder = folder
    self.cache = cache
  }

  mutating func read() throws(SuiteErrors) -> Suite {
    let settings = try readSettings()
    var drafts = readBehaviors(settings)
    refuseSharedNames(drafts)
    let sorted = RowSorting.sort(&drafts)
    errors += sorted.errors
    if errors.isEmpty {
      for draft in drafts where draft.rows.isEmpty && draft.borrows.isEmpty {
        errors.append(SuiteError(.noExamples(behavior: draft.name), at: draft.location))
      }
      refuseUnknownNegations(drafts)
      for draft in drafts {
        errors += draft.borrows.flatMap { $0.problems(for: draft, among: drafts) }
      }
    }
    if let errors = SuiteErrors(errors) { throw errors }
    return assemble(settings, drafts, sorted.setAside)
  }

  // MARK: - Files

  private mutating func readSettings() throws(SuiteErrors) -> SettingsReader.Settings {
    let url = folder.appendingPathComponent(SettingsReader.file)
    guard PlainFile.exists(url.path) else {
      throw SuiteErrors(
        SuiteError(
          .noSuite(folder: folder.path), at: SourceLocation(file: SettingsReader.file)))
    }
    do throws(SuiteErrors) {
      let text = try FileText.text(
        of: url, file: SettingsReader.file, limit: FileText.largestYAML)
      let reader = SettingsReader(try YAMLReader.read(text, file: SettingsReader.file))
      errors += reader.errors
      notes += reader.notes
      return reader.settings
    } catch {
      errors += error.errors
      return SettingsReader.Settings()
    }
  }

  private mutating func readBehaviors(
    _ settings: SettingsReader.Settings
  ) -> [BehaviorReader.Draft] {
    let files = FileTree.files(
      below: folder.appendingPathComponent("behaviors"), named: "behaviors"
    ).filter { ["yaml", "yml"].contains($0.url.pathExtension.lowercased()) }
    if files.isEmpty {
      errors.append(SuiteError(.noBehaviors, at: SourceLocation(file: "behaviors/")))
    }
    return files.concurrentMap { BehaviorReader($0, settings: settings) }.map { reader in
      errors += reader.errors
      notes += reader.notes
      return reader.draft
    }
  }

  // MARK: - All behaviors together

  private mutating func refuseSharedNames(_ drafts: [BehaviorReader.Draft]) {
    for (name, same) in Dictionary(grouping: drafts, by: \.name) where same.count > 1 {
      let places = same.map(\.location).sorted()
      errors.append(
        SuiteError(.duplicateBehavior(name), at: places[0], others: Array(places.dropFirst())))
    }
  }

  /// Refuses to rule out a label that nothing expects: a slip there would pass whatever is said.
  private mutating func refuseUnknownNegations(_ drafts: [BehaviorReader.Draft]) {
    let negations = drafts.filter { $0.negated != nil }
    guard !negations.isEmpty else { return }
    let known = Set(drafts.lazy.flatMap(\.rows).compactMap(\.expected.label)).sorted()
    for draft in negations {
      guard case .not(let label) = draft.expect, let place = draft.negated, !known.contains(label)
      else { continue }
      errors.append(SuiteError(.negatedUnknown(label, known: known), at: place))
    }
  }

  private func assemble(
    _ settings: SettingsReader.Settings, _ drafts: [BehaviorReader.Draft], _ setAside: [SetAsideRow]
  ) -> Suite {
    let clustering = Clustering(rows: drafts.flatMap(\.rows), cache: cache)
    let own = drafts.concurrentMap { clustering.examples(of: $0.rows) }
    let behaviors = zip(drafts, Borrowing.examples(drafts, own: own)).map { draft, examples in
      Behavior(
        name: draft.name, requires: draft.requires, target: draft.target, hope: draft.hope,
        isGuard: draft.isGuard, examples: examples, location: draft.location)
    }
    let counts = RowCounts(
      usable: drafts.reduce(0) { $0 + $1.rows.count },
      examples: own.reduce(0) { $0 + $1.count },
      inputs: clustering.inputCount, clusters: clustering.clusters.count,
      blankLines: drafts.reduce(0) { $0 + $1.blankLines })
    return Suite(
      folder: folder, model: settings.model, tuning: settings.tuning,
      population: settings.population, roles: settings.roles, claims: settings.claims,
      onBadRow: settings.onBadRow, behaviors: behaviors, clusters: clustering.clusters,
      setAside: setAside, rows: counts, notes: notes)
  }
}
