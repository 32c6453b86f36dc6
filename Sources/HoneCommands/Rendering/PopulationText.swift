import Reports

/// What examples stand for, as lines of text: every claim is about inputs like these.
enum PopulationText {
  /// - Parameter caveats: What narrows it down.
  static func lines(
    _ population: String?, caveats: [String] = [], _ terminal: Terminal
  ) -> [String] {
    let width = min(100, terminal.width)
    let stated = "Population: " + (population ?? "not stated").harmless
    let warnings = caveats.flatMap { ("Warning: " + $0.harmless).wrapped(to: width) }
    return stated.wrapped(to: width) + warnings.map { terminal.styled($0, .yellow) }
  }
}
