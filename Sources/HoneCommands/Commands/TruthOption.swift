import ArgumentParser
import Reports
import Suites
import Tuning

/// One `--truth`: how often simulated checkpoints really pass.
///
/// ```
/// 0.9                    all behaviors, all checkpoints
/// 0.7,0.8,0.9            the base, the first candidate, the second and all later ones
/// lora:0.93,0.95         candidates on an encoder that lora made: the first, all later ones
/// refill=0.9             one behavior
/// refill=lora:0.95
/// ```
struct TruthOption {
  /// nil means all that are not named.
  var behavior: String?
  /// An upper rung; nil is the base and whatever no path of an upper rung is about.
  var rung: Rung?
  var path: TruthPath

  init(_ text: String) throws {
    let parts = text.split(separator: "=", omittingEmptySubsequences: false)
    var rates = parts.last ?? ""
    // The name of a behavior may hold the sign too.
    behavior = parts.count > 1 ? parts.dropLast().joined(separator: "=") : nil
    var isRungKnown = true
    if let colon = rates.firstIndex(of: ":") {
      rung = Rung(rawValue: String(rates[..<colon]).trimmed)
      isRungKnown = rung?.changesEncoder == true
      rates = rates[rates.index(after: colon)...]
    }
    let numbers = rates.split(separator: ",", omittingEmptySubsequences: false).map {
      Double(String($0).trimmed)
    }
    guard isRungKnown, let path = TruthPath(numbers.compactMap { $0 }),
      path.rates.count == numbers.count
    else {
      throw ValidationError(
        "'\(text)' is no truth. Write a pass rate from 0 to 1, such as 0.9; or one for the base and "
          + "each candidate, such as 0.7,0.8,0.9; of candidates with an encoder of an upper rung, "
          + "lora:0.95 or full:0.95; for one behavior, name=0.9 or name=lora:0.95.")
    }
    self.path = path
  }

  /// What is true of one behavior.
  struct Truth {
    var path: TruthPath
    var upper: [Rung: TruthPath]
  }

  private struct Key: Hashable {
    var behavior: String?
    var rung: Rung?
  }

  /// The truth of each behavior of a suite; `hope` where none is given.
  ///
  /// - Throws: `ValidationError` for a behavior or a rung that the suite has not, and for what is
  ///   given twice.
  static func truths(
    _ options: [TruthOption], of behaviors: [LoopBehavior], ladder: [Rung]
  ) throws -> [String: Truth] {
    let names = behaviors.map(\.name)
    var given: [Key: TruthPath] = [:]
    for option in options {
      if let name = option.behavior, !names.contains(name) {
        throw ValidationError(
          "The suite has no behavior '\(name.harmless)'. "
            + UnknownName.advice(for: name, among: names))
      }
      if let rung = option.rung, !ladder.contains(rung) {
        throw ValidationError(
          "The ladder of the suite is \(Format.list(ladder.map(\.rawValue))): no candidate is of "
            + "\(rung.rawValue).")
      }
      let key = Key(behavior: option.behavior, rung: option.rung)
      guard given.updateValue(option.path, forKey: key) == nil else {
        throw ValidationError(
          option.behavior.map { "--truth names '\($0.harmless)' twice." }
            ?? "--truth is given twice for all behaviors; write name=rate for one.")
      }
    }
    func path(_ name: String, _ rung: Rung?) -> TruthPath? {
      given[Key(behavior: name, rung: rung)] ?? given[Key(behavior: nil, rung: rung)]
    }
    return Dictionary(
      uniqueKeysWithValues: behaviors.map { behavior in
        let upper = ladder.filter(\.changesEncoder).compactMap { rung in
          path(behavior.name, rung).map { (rung, $0) }
        }
        return (
          behavior.name,
          Truth(
            path: path(behavior.name, nil) ?? TruthPath(always: behavior.hope),
            upper: Dictionary(uniqueKeysWithValues: upper))
        )
      })
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
