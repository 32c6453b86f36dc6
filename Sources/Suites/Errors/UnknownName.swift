/// What is said of a name that nothing has, for commands that take names as arguments.
package enum UnknownName {
  /// The name that was probably meant, where there is one, and all that are known; e.g.
  /// `Did you mean 'refill'? Known: emergency, refill.`
  package static func advice(for written: String, among known: [String]) -> String {
    String(suggestion(written, among: known).drop { $0 == " " })
  }

  /// The name fit for one line of an error, whoever wrote it.
  package static func harmless(_ written: String) -> String { shown(written) }
}
