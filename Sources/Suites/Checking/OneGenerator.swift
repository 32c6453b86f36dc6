extension Suite {
  /// Warnings where all examples, or all of a behavior, were written by one generator.
  ///
  /// A claim holds for inputs like the examples. Those of one model, template or hand are more
  /// alike than what users write, in ways that a label may be told by. Rests on what rows say
  /// (`generator`) and on nothing else: where some row of a behavior names none, nothing is said.
  package var oneGenerator: [SuiteFinding] {
    var behaviorsOf: [String: [Behavior]] = [:]
    for behavior in behaviors {
      let generators = Set(behavior.examples.map(\.generator))
      guard generators.count == 1, let name = generators.first ?? nil else { continue }
      behaviorsOf[name, default: []].append(behavior)
    }
    return behaviorsOf.sorted { $0.key < $1.key }.map { name, found in
      let isWhole = found.count == behaviors.count
      let what =
        isWhole
        ? "all examples of the suite" : "all examples of \(list(found.map(\.name), none: ""))"
      return SuiteFinding(
        .warning, .population, behavior: found.count == 1 && !isWhole ? found[0].name : nil,
        places: isWhole ? [SourceLocation(file: "hone.yaml")] : found.map(\.location).sorted(),
        message: "\(what) were written by one generator ('\(shown(name))'), so what is claimed of"
          + " them holds for inputs like its own",
        suggestion: "Add examples from real use, or by other generators")
    }
  }

  /// What a run is told of the suite at its start.
  package var notesForRun: [String] {
    notes.map(\.description) + oneGenerator.map(\.message)
  }
}
