import Suites

/// The examples that may be looked at: those of `train` and `dev`. No other leaves this type.
struct ShownExamples: Sendable {
  /// In order of behavior and id.
  private(set) var all: [Shown] = []
  private var places: [Key: Int] = [:]
  private var hidden: Set<String> = []

  struct Shown: Sendable {
    var id: String
    var behavior: String
    /// `train` or `dev`.
    var role: Role
    var text: String
    var expected: String
    /// The one label that passes; nil where several do.
    var label: String?
    /// Where it stands, as `file:line:column`.
    var place: String
    /// Whether it speaks for its cluster where `dev` is measured.
    var isAsked: Bool
    /// What is searched, in small letters.
    var haystack: String
  }

  private struct Key: Hashable {
    var behavior: String
    var id: String
  }

  init() {}

  init(_ suite: DealtSuite) {
    for behavior in suite.suite.behaviors {
      let asked = Set(suite.representatives(of: behavior, in: .dev).map(\.id))
      for example in behavior.examples {
        guard let role = suite.roles[example.cluster], role == .train || role == .dev else {
          hidden.insert(example.id)
          continue
        }
        let expected = example.expected.description
        places[Key(behavior: behavior.name, id: example.id)] = all.count
        all.append(
          Shown(
            id: example.id, behavior: behavior.name, role: role, text: example.input,
            expected: expected, label: example.expected.label,
            place: example.locations.first?.description ?? "",
            isAsked: asked.contains(example.id),
            haystack: "\(example.input)\n\(example.id)\n\(expected)".lowercased()))
      }
    }
  }

  /// An example by its id; nil where there is none in `train` or `dev`.
  func example(_ id: String, of behavior: String) -> Shown? {
    places[Key(behavior: behavior, id: id)].map { all[$0] }
  }

  /// Whether an id belongs to an example that is not shown.
  func hides(_ id: String) -> Bool { hidden.contains(id) }
}
