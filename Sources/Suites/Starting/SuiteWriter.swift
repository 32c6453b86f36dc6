public import Foundation

/// Writes a fresh suite, for `hone init`.
///
/// Never overwrites anything, and never leaves half a suite behind: everything is written aside,
/// read back, and moved into place with `hone.yaml` last.
public enum SuiteWriter {
  /// The pass rate that a behavior shall show, and the one at which it usually does; fractions.
  public struct Aim: Sendable, Hashable {
    public var target: Double
    public var hope: Double

    public init(target: Double, hope: Double) {
      self.target = target
      self.hope = hope
    }
  }

  /// Writes a small suite to edit: three behaviors with a dozen examples each.
  ///
  /// - Parameter folder: Made where it does not exist; must hold no `hone.yaml`, `hone.lock` or
  ///   filled `behaviors` folder.
  /// - Returns: The files written, relative to the folder, sorted.
  @discardableResult
  public static func writeStarter(to folder: URL) throws(SuiteErrors) -> [String] {
    try write(StarterSuite.files, to: folder)
  }

  /// Writes a suite with one behavior per label.
  ///
  /// - Parameters:
  ///   - rows: Where the examples come from; every row that can be used is written.
  ///   - aim: What to require of a label, by what its rows can show; nil leaves it to the suite.
  /// - Returns: The files written, relative to the folder, sorted.
  @discardableResult
  public static func write(
    _ rows: LabelledRows, to folder: URL, aim: (LabelledRows.LabelCount) -> Aim? = { _ in nil }
  ) throws(SuiteErrors) -> [String] {
    var slugs = FileSlugs()
    var files = ["hone.yaml": StarterSuite.settings]
    for label in rows.labels {
      let slug = slugs.slug(for: label.label)
      let own = rows.rows[label.label] ?? []
      files["behaviors/\(slug).yaml"] = behavior(
        label, slug: slug, aim: aim(label), hasIDs: own.contains { $0.sourceID != nil })
      files["behaviors/\(slug).jsonl"] = own.map(line).joined()
    }
    return try write(files, to: folder)
  }

  // MARK: - Texts

  private static func behavior(
    _ label: LabelledRows.LabelCount, slug: String, aim: Aim?, hasIDs: Bool
  ) -> String {
    let name = YAMLText.quoted(label.label)
    var lines = [
      "behavior: \(name)",
      "requires: \(YAMLText.quoted("An input that belongs to \(label.label) is labelled so."))",
    ]
    if let aim { lines += ["target: \(aim.target)", "hope: \(aim.hope)"] }
    lines += ["grader: label", "expect: \(name)", "examples: \(YAMLText.quoted("\(slug).jsonl"))"]
    if hasIDs { lines.append("fields: { id: id }") }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func line(_ row: Row) -> String {
    var members = ["\"input\": \(YAMLText.quotedJSON(row.input))"]
    if let cluster = row.cluster { members.append("\"cluster\": \(YAMLText.quotedJSON(cluster))") }
    if let role = row.role { members.append("\"role\": \"\(role.rawValue)\"") }
    if let generator = row.generator {
      members.append("\"generator\": \(YAMLText.quotedJSON(generator))")
    }
    if let id = row.sourceID { members.append("\"id\": \(YAMLText.quotedJSON(id))") }
    if row.isHard { members.append("\"hard\": true") }
    return "{\(members.joined(separator: ", "))}\n"
  }

  // MARK: - Files

  private static func write(
    _ files: [String: String], to folder: URL
  ) throws(SuiteErrors) -> [String] {
    let aside = try FreshFolder(for: folder)
    defer { aside.remove() }
    for (path, text) in files.sorted(by: { $0.key < $1.key }) {
      try aside.create(path, text)
    }
    do {
      _ = try Suite.read(folder: aside.url)
    } catch {
      throw SuiteErrors(
        error.errors.map {
          SuiteError(.notWritten(reason: "it would not read back: \($0)"), at: $0.location)
        }) ?? error
    }
    try aside.publish(["behaviors", "hone.yaml"])
    return files.keys.sorted()
  }
}
