import Crypto
import Foundation
import Statistics
import Suites

/// The rules of the ledger: what an attempt costs, and that it is charged before it is made.
extension Ledger {
  /// What is left to spend on the sealed examples of each behavior, shape [sets].
  ///
  /// Pools are recognised by their examples, not by name (`PoolAssignment`): renaming a behavior,
  /// relabelling or rewording its examples, or moving them between behaviors keeps the attempts
  /// that were made on them. Only examples that no attempt ever graded have the whole budget.
  /// Where several pools meet, the one most spent counts.
  func pools(of sets: [SealedSet], alpha: Double) -> [SealedPool] {
    let assignment = PoolAssignment(of: sets, in: self)
    let present = sets.reduce(into: Set<String>()) { $0.formUnion($1.present) }
    return zip(sets, zip(assignment.touched, assignment.carried)).map { set, pools in
      let (touched, carried) = pools
      let missing = Set(carried.flatMap { self.pools[$0].exposed.map(\.id) })
        .subtracting(present).count
      let fresh = SealedPool(
        units: set.representatives.count + missing, missing: missing, budget: alpha)
      return touched.map { index in
        var pool = fresh
        pool.budget = alpha * self.pools[index].share
        pool.spent = self.pools[index].spent
        return pool
      }.reduce(fresh) { $1.level < $0.level ? $1 : $0 }
    }
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
    let states = pools(of: sets, alpha: alpha)
    let assignment = PoolAssignment(of: sets, in: self)
    var charged: [AttemptPool] = []
    for ((set, state), carried) in zip(zip(sets, states), assignment.carried) {
      var pool =
        carried.first.map { pools[$0] } ?? Pool(id: pools.count + 1, name: set.behavior)
      pool.name = set.behavior
      pool.share = state.budget / alpha
      pool.spent = state.spent + 1
      pool.exposed = Set(set.representatives.map(ExposedExample.init)).union(pool.exposed).sorted()
      if let index = carried.first { pools[index] = pool } else { pools.append(pool) }
      let claim = AttemptClaim(behavior: set.behavior, target: set.target, pool: state)
      charged.append(AttemptPool(claim, pool: pool.id, budget: state.budget))
    }
    let attempt = Attempt(
      number: attempts.count + 1, checkpoint: checkpoint.id, key: key, run: run, pools: charged,
      outcome: .open)
    attempts.append(attempt)
    return attempt
  }

  /// Writes the one bit down. After a pass, what that attempt drew is the share left.
  ///
  /// - Parameter evidence: What names the grades of each behavior.
  mutating func conclude(attempt number: Int, passed: Bool, evidence: [String: String] = [:]) {
    guard let index = attempts.firstIndex(where: { $0.number == number }),
      attempts[index].outcome == .open
    else { return }
    attempts[index].outcome = passed ? .passed : .failed
    for place in attempts[index].pools.indices {
      attempts[index].pools[place].evidence = evidence[attempts[index].pools[place].behavior]
    }
    guard passed else { return }
    for charged in attempts[index].pools {
      guard let place = pools.firstIndex(where: { $0.id == charged.pool }) else { continue }
      pools[place].share = AlphaSpending(alpha: pools[place].share).level(attempt: charged.index)
      pools[place].spent = 0
    }
  }
}

extension Attempt {
  /// Names an attempt by everything its verdict, and what may be said of it, depends on.
  static func key(checkpoint: Checkpoint, sets: [SealedSet], ledger: Ledger, alpha: Double)
    -> String
  {
    var hash = SHA256()
    func add(_ text: String) { hash.update(data: Data((text + "\0").utf8)) }
    add("attempt-2")
    add(checkpoint.id)
    add("\(alpha)")
    for (set, pool) in zip(sets, ledger.pools(of: sets, alpha: alpha)) {
      add(set.behavior)
      add("\(set.target)")
      add("\(pool.missing)")
      for example in set.representatives { add(example.id) }
      add("")
    }
    return hash.finalize().hexadecimal(digits: 16)
  }

  var claims: [AttemptClaim] { pools.map(AttemptClaim.init) }
}

extension AttemptClaim {
  init(_ charged: AttemptPool) {
    self.init(
      behavior: charged.behavior, target: charged.target, units: charged.trials,
      missing: charged.missing, maximumFailures: charged.maximumFailures, level: charged.level,
      index: charged.index)
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
    func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
    var text: [UInt8] = []
    text.reserveCapacity(2 * Self.byteCount)
    for byte in self {
      text.append(digit(byte >> 4))
      text.append(digit(byte & 15))
    }
    return String(decoding: text.prefix(digits), as: UTF8.self)
  }
}

extension AttemptPool {
  init(_ claim: AttemptClaim, pool: Int, budget: Double) {
    self.init(
      pool: pool, behavior: claim.behavior, trials: claim.units,
      maximumFailures: claim.maximumFailures,
      target: claim.target, level: claim.level, index: claim.index, missing: claim.missing,
      budget: budget)
  }
}
