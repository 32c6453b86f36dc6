import Crypto
import Foundation
import Suites

/// The rules of the ledger: what an attempt costs, and that it is charged before it is made.
extension Ledger {
  /// What is left to spend on a behavior's sealed examples.
  ///
  /// Pools are recognised by their examples, not by name: renaming a behavior, or moving examples
  /// between behaviors, keeps the attempts that were made on them. Only examples that no attempt
  /// ever graded have the whole budget. Where several pools meet, the one most spent counts.
  func pool(of set: SealedSet, alpha: Double) -> SealedPool {
    let touched = pools.filter { !set.present.isDisjoint(with: $0.exposed) }
    let missing = home(of: set).map { Set(pools[$0].exposed).subtracting(set.present).count } ?? 0
    var result = SealedPool(
      units: set.representatives.count + missing, missing: missing, budget: alpha)
    for pool in touched {
      var other = result
      other.budget = pool.budget
      other.spent = pool.spent
      if other.level < result.level { result = other }
    }
    return result
  }

  /// The attempt already made, or begun, on these very examples, targets and checkpoint.
  func attempt(keyed key: String) -> Attempt? {
    attempts.first { attempt in attempt.key == key }
  }

  /// The first attempt that this run made when it ran before.
  func firstAttempt(ofRun run: String) -> Attempt? {
    attempts.first { $0.run == run }
  }

  /// Charges an attempt to the pools of all behaviors.
  mutating func begin(
    checkpoint: Checkpoint, key: String, run: String, sets: [SealedSet], alpha: Double
  ) -> Attempt {
    let states = sets.map { pool(of: $0, alpha: alpha) }
    let homes = sets.map { home(of: $0) }
    var charged: [AttemptPool] = []
    for ((set, state), home) in zip(zip(sets, states), homes) {
      let claim = AttemptClaim(behavior: set.behavior, target: set.target, pool: state)
      charged.append(AttemptPool(claim, budget: state.budget))
      let exposed = Set(set.representatives.map(\.id))
      if let home {
        pools[home].name = set.behavior
        pools[home].budget = state.budget
        pools[home].spent = state.spent + 1
        pools[home].exposed = exposed.union(pools[home].exposed).sorted()
      } else {
        pools.append(
          Pool(
            name: set.behavior, budget: state.budget, spent: state.spent + 1,
            exposed: exposed.sorted()))
      }
    }
    pools.sort { $0.name < $1.name }
    let attempt = Attempt(
      number: attempts.count + 1, checkpoint: checkpoint.id, key: key, run: run, pools: charged,
      outcome: .open)
    attempts.append(attempt)
    return attempt
  }

  /// Writes the one bit down. After a pass, the level of that attempt is the budget left.
  mutating func conclude(attempt number: Int, passed: Bool) {
    guard let index = attempts.firstIndex(where: { $0.number == number }),
      attempts[index].outcome == .open
    else { return }
    attempts[index].outcome = passed ? .passed : .failed
    guard passed else { return }
    for charged in attempts[index].pools {
      guard let home = pools.firstIndex(where: { $0.name == charged.behavior }) else { continue }
      pools[home].budget = charged.level
      pools[home].spent = 0
    }
  }

  /// The pool that goes on under the set's name: the one of that name where it shares examples,
  /// else the one that shares most and whose name nobody else bears.
  private func home(of set: SealedSet) -> Int? {
    func shared(_ index: Int) -> Int { set.present.intersection(pools[index].exposed).count }
    let touched = pools.indices.filter { shared($0) > 0 }
    if let named = touched.first(where: { pools[$0].name == set.behavior }) { return named }
    return touched.max { (shared($0), pools[$1].name) < (shared($1), pools[$0].name) }
  }
}

extension Attempt {
  /// Names an attempt by everything its verdict depends on.
  static func key(checkpoint: Checkpoint, sets: [SealedSet], ledger: Ledger, alpha: Double) -> String {
    var hash = SHA256()
    func add(_ text: String) { hash.update(data: Data((text + "\0").utf8)) }
    add("attempt-1")
    add(checkpoint.id)
    for set in sets {
      add(set.behavior)
      add("\(set.target)")
      add("\(ledger.pool(of: set, alpha: alpha).missing)")
      for example in set.representatives { add(example.id) }
      add("")
    }
    return hash.finalize().hexadecimal(digits: 16)
  }

  var claims: [AttemptClaim] {
    pools.map {
      AttemptClaim(
        behavior: $0.behavior, target: $0.target, units: $0.trials, missing: $0.missing,
        maximumFailures: $0.maximumFailures, level: $0.level, index: $0.index)
    }
  }
}

extension SealedPool {
  /// The pool as it was before an attempt was charged to it.
  init(before charged: AttemptPool) {
    self.init(
      units: charged.trials, missing: charged.missing, budget: charged.budget,
      spent: charged.index - 1)
  }
}

extension Digest {
  /// The first `digits` of the digest in hexadecimal.
  package func hexadecimal(digits: Int) -> String {
    let alphabet = Array("0123456789abcdef")
    return String(flatMap { [alphabet[Int($0 >> 4)], alphabet[Int($0 & 15)]] }.prefix(digits))
  }
}

extension AttemptPool {
  init(_ claim: AttemptClaim, budget: Double) {
    self.init(
      behavior: claim.behavior, trials: claim.units, maximumFailures: claim.maximumFailures,
      target: claim.target, level: claim.level, index: claim.index, missing: claim.missing,
      budget: budget)
  }
}
