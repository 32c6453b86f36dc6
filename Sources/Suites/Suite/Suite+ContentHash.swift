extension Suite {
  /// Hashes what the suite requires and with what examples: SHA-256, 64 hexadecimal digits.
  ///
  /// Covers the model, ladder and seed, population, shares, claims and every behavior with its
  /// examples and clusters. Leaves out where things stand, how rows are spread over files, what
  /// was set aside, and the tuning budget, so that a run may go on with a larger one. Settings of a
  /// rung count where the ladder has it.
  public static func contentHash(of suite: Suite) -> String {
    var hash = Fingerprint("hone-suite-1")
    hash.add(suite.model.base, suite.model.task)
    hash.add(list: suite.tuning.ladder.map(\.rawValue))
    hash.add(String(suite.tuning.seed), suite.population ?? "")
    hash.add(list: Role.allCases.map { String(suite.roles[$0]) })
    let claims = suite.claims
    hash.add(String(claims.confidence), claims.design.rawValue, claims.sealed.rawValue)
    hash.add(claims.attempts.map { String($0) } ?? "")
    hash.add(String(suite.behaviors.count))
    for behavior in suite.behaviors {
      hash.add(behavior.name, behavior.requires, String(behavior.target), String(behavior.hope))
      hash.add(behavior.grader.rawValue, behavior.isGuard ? "guard" : "")
      hash.add(String(behavior.examples.count))
      for example in behavior.examples {
        hash.add(example.id, example.input, example.expected.named, example.cluster.hex)
        if example.expected.label == nil { hash.add("not") }
        if let generator = example.generator { hash.add("generator", generator) }
        hash.add(list: example.declaredRoles.map(\.rawValue))
      }
    }
    add(suite.tuning, to: &hash)
    return hash.hex
  }

  private static func add(_ tuning: TuningSettings, to hash: inout Fingerprint) {
    let climbed = tuning.ladder.filter(\.changesEncoder)
    for rung in climbed {
      let rates: [Double]
      switch rung {
      case .head: continue
      case .lora:
        let lora = tuning.lora
        hash.add(String(lora.rank), String(lora.alpha), String(lora.dropout))
        hash.add(list: lora.targets.map(\.rawValue))
        rates = lora.learningRates
      case .full: rates = tuning.full.learningRates
      }
      hash.add(list: rates.map { String($0) })
    }
    if !climbed.isEmpty {
      hash.add(String(tuning.fineTuning.batch), String(tuning.fineTuning.epochs))
    }
  }
}
