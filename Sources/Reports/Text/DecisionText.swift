package import Tuning

/// Why a candidate was accepted or rejected, in one line.
package enum DecisionText {
  package static func reason(_ decision: Decision) -> String {
    let chance =
      "joint chance \(Format.chance(decision.championChance)) → "
      + Format.chance(decision.candidateChance)
    switch decision.reason {
    case .betterChance, .notBetter:
      return chance + flips(decision)
    case .evidence(let eValue):
      return "evidence \(Format.level(eValue)) against the certified champion" + flips(decision)
    case .tooLittleEvidence(let eValue):
      return "evidence \(Format.level(eValue)) is too little to replace a certified champion"
        + flips(decision)
    case .guardRegressed(let behavior, let p, let reference):
      let against =
        switch reference {
        case .champion: "the champion"
        case .firstHeld: "where it first held"
        case .lastCertified: "the last certified checkpoint"
        }
      return "\(behavior.harmless) got worse against \(against) (adjusted p "
        + "\(Format.level(p)))" + flips(decision)
    }
  }

  private static func flips(_ decision: Decision) -> String {
    let changed = decision.flips.prefix(6).map {
      "\($0.behavior.harmless) +\($0.gained) −\($0.lost)"
    }
    return changed.isEmpty ? "; no flips" : "; flips " + changed.joined(separator: ", ")
  }
}
