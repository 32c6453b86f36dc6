import Statistics
import Suites

/// A label that is likely wrong, or an example that is right and hard: one to look at.
public struct SuspectedLabel: Sendable, Hashable, Codable {
  public var place: TrainingStudy.Place
  /// The behaviors that it belongs to as it is labelled.
  public var behaviors: [String]
  public var suggested: String
  /// Of the suggested label, by a model that did not learn from the example.
  public var probability: Double
  /// The probability of the given label less that of the likeliest other one, in −1...0.
  public var margin: Double

  /// Whether the model prefers another label by far.
  public var isStrong: Bool { margin <= Self.strongMargin }

  public static let strongMargin = -0.5
  /// Examples of a label below which nothing is said of it: too few to know it by.
  static let fewestOfLabel = 5

  /// Those of `train` by heads that did not learn from them, and those of `dev` by the champion.
  static func all(in material: StudyMaterial, members: StudiedBehaviors) -> [SuspectedLabel] {
    let counts = Dictionary(grouping: material.examples.train, by: \.expected.named).mapValues(
      \.count)
    let known = Set(material.labels.filter { counts[$0, default: 0] >= fewestOfLabel })
    func found(_ examples: [Example], _ probabilities: [[Double]], _ role: Role) -> [Self] {
      let index = Dictionary(uniqueKeysWithValues: material.labels.enumerated().map { ($1, $0) })
      let judged = examples.indices.filter { known.contains(examples[$0].expected.named) }
      guard !probabilities.isEmpty,
        let joint = try? ConfidentJoint(
          probabilities: judged.map { probabilities[$0] },
          given: judged.map { index[examples[$0].expected.named]! })
      else { return [] }
      return joint.suspects.map { suspect in
        let place = judged[suspect.index]
        return SuspectedLabel(
          place: TrainingStudy.Place(examples[place], role: role),
          behaviors: members.names[examples[place].id] ?? [],
          suggested: material.labels[suspect.suggested],
          probability: probabilities[place][suspect.suggested], margin: suspect.margin)
      }
    }
    return
      (found(material.examples.train, material.heldOut, .train)
      + found(material.examples.dev, material.champion, .dev))
      .sorted { ($0.margin, $0.place.example) < ($1.margin, $1.place.example) }
  }
}
