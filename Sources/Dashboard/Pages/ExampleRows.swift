import Suites
import Tuning

/// Examples beside what a checkpoint answered to them, and the ones among them that are asked for.
struct ExampleRows {
  /// What is known of an example's reply.
  enum Status: String {
    case failed
    case passed
    /// Another one speaks for its cluster.
    case notAsked = "not asked"
    /// Its role is not measured.
    case notMeasured = "not measured"
  }

  struct Row {
    var status: Status
    var behavior: String
    var id: String
    var expected: String
    /// Nil where it is not known, or nothing usable came.
    var reply: String?
    /// What the model gave that reply; nil where it is not known.
    var probability: Double?
    /// Nil where the suite has it no more.
    var example: ShownExamples.Shown?
  }

  /// What is asked for.
  struct Wish {
    var role: Role
    /// Nil takes all.
    var behavior: String?
    var status: Status?
    /// In small letters; nil takes all.
    var words: String?
  }

  private(set) var rows: [Row] = []

  /// - Parameter measurement: Of the checkpoint, on `dev`; nil where nothing was measured.
  init(_ texts: SuiteTexts, _ measurement: Tuning.Measurement?, _ wish: Wish) {
    var failures: [String: [String: Failure]] = [:]
    var passes: [String: [String: Pass]] = [:]
    for behavior in measurement?.behaviors ?? [] where wish.role == .dev {
      failures[behavior.behavior] = Dictionary(
        behavior.failures.map { ($0.example, $0) }, uniquingKeysWith: { first, _ in first })
      passes[behavior.behavior] = behavior.passed.map { passed in
        Dictionary(passed.map { ($0.example, $0) }, uniquingKeysWith: { first, _ in first })
      }
    }
    let measured = Set((measurement?.behaviors ?? []).map(\.behavior))
    for example in texts.examples.all
    where example.role == wish.role && (wish.behavior ?? example.behavior) == example.behavior {
      let failure = failures[example.behavior]?.removeValue(forKey: example.id)
      let noted = passes[example.behavior]
      let pass = noted?[example.id]
      let status: Status =
        if failure != nil {
          .failed
        } else if wish.role != .dev || !measured.contains(example.behavior) {
          .notMeasured
        } else {
          // Where the run did not note what passed, it is what was asked and did not fail.
          (noted == nil ? example.isAsked : pass != nil) ? .passed : .notAsked
        }
      let right = status == .passed ? pass?.reply ?? example.label : nil
      add(
        Row(
          status: status, behavior: example.behavior, id: example.id, expected: example.expected,
          reply: failure?.reply ?? right, probability: failure?.probability ?? pass?.probability,
          example: example), wish)
    }
    // Those that failed and that the suite has no more.
    for (behavior, rest) in failures.sorted(by: { $0.key < $1.key })
    where (wish.behavior ?? behavior) == behavior {
      for (id, failure) in rest.sorted(by: { $0.key < $1.key }) where !texts.examples.hides(id) {
        add(
          Row(
            status: .failed, behavior: behavior, id: id, expected: failure.expected.description,
            reply: failure.reply, probability: failure.probability, example: nil), wish)
      }
    }
  }

  private mutating func add(_ row: Row, _ wish: Wish) {
    if let status = wish.status, row.status != status { return }
    if let words = wish.words {
      let text = row.example?.haystack ?? "\(row.id)\n\(row.expected)".lowercased()
      let reply = row.reply?.lowercased() ?? ""
      guard text.contains(words) || reply.contains(words) else { return }
    }
    rows.append(row)
  }
}
