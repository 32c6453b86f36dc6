import ArgumentParser
import Suites
import Tuning

/// One `--truth`: how often simulated checkpoints really pass.
///
/// ```
/// 0.9                    all behaviors, all checkpoints
/// 0.7,0.8,0.9            the base, the first candidate, the second and all later ones
/// refill=0.9             one behavior
/// refill=0.7,0.9
/// ```
struct TruthOption {
  /// nil means all that are not named.
  var behavior: String?
  var path: TruthPath

  init(_ text: String) throws {
    let parts = text.split(separator: "=", omittingEmptySubsequences: false)
    let rates = parts.last ?? ""
    // The name of a behavior may hold the sign too.
    behavior = parts.count > 1 ? parts.dropLast().joined(separator: "=") : nil
    let numbers = rates.split(separator: ",", omittingEmptySubsequences: false).map {
      Double(String($0).trimmed)
    }
    guard let path = TruthPath(numbers.compactMap { $0 }), path.rates.count == numbers.count else {
      throw ValidationError(
        "'\(text)' is no truth. Write a pass rate from 0 to 1, such as 0.9; or one for the base and "
          + "each candidate, such as 0.7,0.8,0.9; for one behavior, name=0.9.")
    }
    self.path = path
  }

  /// The truth of each behavior of a suite; `hope` where none is given.
  ///
  /// - Throws: `ValidationError` for a behavior that the suite has not, and for one named twice.
  static func truths(
    _ options: [TruthOption], of behaviors: [LoopBehavior]
  ) throws -> [String: TruthPath] {
    let names = behaviors.map(\.name)
    var given: [String?: TruthPath] = [:]
    for option in options {
      if let name = option.behavior, !names.contains(name) {
        throw ValidationError(
          "The suite has no behavior '\(name.harmless)'. "
            + UnknownName.advice(for: name, among: names))
      }
      guard given.updateValue(option.path, forKey: option.behavior) == nil else {
        throw ValidationError(
          option.behavior.map { "--truth names '\($0.harmless)' twice." }
            ?? "--truth is given twice for all behaviors; write name=rate for one.")
      }
    }
    return Dictionary(
      uniqueKeysWithValues: behaviors.map {
        ($0.name, given[$0.name] ?? given[nil] ?? TruthPath(always: $0.hope))
      })
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
