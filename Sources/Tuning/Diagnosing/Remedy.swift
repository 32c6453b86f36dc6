/// One thing that would likely bring a suite nearer to its certificate, with the number that speaks
/// for it.
///
/// Remedies are ranked by one number: of what the behaviors lack that are not likely to be shown, the
/// share that the remedy is estimated to bring, on average over these behaviors.
public struct Remedy: Sendable, Hashable, Codable {
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Look at labels that seem wrong.
    case fixLabels
    /// Add examples to learn from.
    case addTrainExamples
    /// Add examples to certify on: the rate would do.
    case addSealedExamples
    /// Make clear what tells two labels apart.
    case separateLabels
    /// A dearer rung of the ladder.
    case climb
    /// Require less.
    case lowerTargets
  }

  public var kind: Kind
  /// Those that it would help, the most first.
  public var behaviors: [String]
  /// The share of what is missing that it is estimated to bring, in 0...1; nil where nobody can say.
  public var coverage: Double?
  /// For people, a sentence or two.
  public var text: String

  /// What a remedy of unknown effect is ranked as: after those known to do more.
  static let unknown = 0.25
  /// Lowering targets always "helps"; it comes after all that gets further.
  static let lastResort = 0.1
  /// Less than this is not worth naming.
  static let least = 0.05
  static let most = 2

  /// The one or two things likeliest to help.
  ///
  /// - Parameter climb: Why a higher rung would be tried, where there is one to climb to.
  static func likeliest(
    for behaviors: [BehaviorDiagnosis], study: TrainingStudy?, climb: String?
  ) -> [Remedy] {
    let needs = behaviors.filter { !$0.isLikelyShown }.map(Need.init)
    guard !needs.isEmpty else { return [] }
    let proposals = RemedyProposals(needs: needs, study: study)
    var all = [
      proposals.fixLabels, proposals.addTrainExamples, proposals.addSealedExamples,
      proposals.separateLabels, proposals.lowerTargets,
    ].compactMap { $0 }
    if let climb {
      all.append(
        Remedy(
          kind: .climb, behaviors: needs.filter { $0.rate > 0 }.map(\.name), coverage: nil,
          text: climb.sentence))
    }
    let order = Dictionary(uniqueKeysWithValues: Kind.allCases.enumerated().map { ($1, $0) })
    var likeliest = Array(
      all.filter { $0.rank >= least }
        .sorted { $0.rank == $1.rank ? order[$0.kind]! < order[$1.kind]! : $0.rank > $1.rank }
        .prefix(most))
    // To require less is the other way out, where there is one before it.
    for index in likeliest.indices.dropFirst() where likeliest[index].kind == .lowerTargets {
      likeliest[index].text =
        "Or " + likeliest[index].text.prefix(1).lowercased() + likeliest[index].text.dropFirst()
    }
    return likeliest
  }

  private var rank: Double { coverage ?? Self.unknown }
}

/// What one behavior lacks.
struct Need {
  let behavior: BehaviorDiagnosis
  /// How much higher its pass rate would have to be; 0 where only sealed units are missing.
  let rate: Double

  var name: String { behavior.name }

  init(_ behavior: BehaviorDiagnosis) {
    self.behavior = behavior
    let trials = Double(max(1, behavior.trials))
    let now = Double(behavior.passes) / trials
    rate =
      behavior.lacksSealedUnits
      ? 0 : max(1 / trials, (behavior.neededRate ?? behavior.target) - now)
  }

  /// The share of the need that a gain in the pass rate covers.
  func share(of gain: Double) -> Double { rate > 0 ? min(1, max(0, gain / rate)) : 0 }
}

extension String {
  /// With a capital, as a sentence begins.
  package var sentence: String { prefix(1).uppercased() + dropFirst() }
}
