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
  /// The share of the nearest examples of `train`, those of its own cluster left out, that have the
  /// suggested label.
  public var agreement: Double

  /// Whether the model prefers the other label by far, or nearly all that is like it has that label.
  public var isStrong: Bool {
    margin <= Self.strongMargin || agreement >= Self.strongAgreement
  }

  /// Where a tenth of the labels of the example suite are turned around, 94 in 100 suspects beyond
  /// this are wrong and they are 6 in 100 examples; in a suite of right and hard ones 2 in 100 are.
  public static let strongMargin = -0.7
  /// Of the same suites, 96 in 100 and they are 2 in 100, and 3 in 1,000: decision 0011.
  public static let strongAgreement = 0.9
  /// Examples of `train` looked at around each.
  private static let nearest = 10
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
          probability: probabilities[place][suspect.suggested], margin: suspect.margin,
          agreement: agreement(
            place + (role == .train ? 0 : material.examples.train.count), examples[place].cluster,
            material.labels[suspect.suggested], material))
      }
    }
    return
      (found(material.examples.train, material.heldOut, .train)
      + found(material.examples.dev, material.champion, .dev))
      .sorted { ($0.margin, $0.place.example) < ($1.margin, $1.place.example) }
  }

  /// Of the example at `index` of all that are studied. One without neighbors agrees with nothing.
  private static func agreement(
    _ index: Int, _ cluster: ClusterID, _ suggested: String, _ material: StudyMaterial
  ) -> Double {
    let train = material.examples.train
    let near = train.indices.filter { train[$0].cluster != cluster }
      .map { (similarity: material.similarity(index, $0), place: $0) }
      .sorted {
        $0.similarity == $1.similarity ? $0.place < $1.place : $0.similarity > $1.similarity
      }
      .prefix(nearest)
    let agreeing = near.count { train[$0.place].expected.named == suggested }
    return near.isEmpty ? 0 : Double(agreeing) / Double(near.count)
  }
}
