import Suites

/// Two examples that say nearly the same and expect different things.
public struct Contradiction: Sendable, Hashable, Codable {
  public var first: TrainingStudy.Place
  public var second: TrainingStudy.Place
  /// Cosine of the embeddings, at least `StudyMaterial.nearlyTheSame`.
  public var similarity: Double

  /// The most alike first.
  static func all(in material: StudyMaterial) -> [Contradiction] {
    let (all, count) = (material.examples.all, material.examples.train.count)
    func place(_ index: Int) -> TrainingStudy.Place {
      TrainingStudy.Place(all[index], role: index < count ? .train : .dev)
    }
    return material.nearPairs
      .filter {
        all[$0.first].expected != all[$0.second].expected
          && $0.similarity >= StudyMaterial.nearlyTheSame
      }
      .sorted {
        $0.similarity == $1.similarity
          ? ($0.first, $0.second) < ($1.first, $1.second) : $0.similarity > $1.similarity
      }
      .map {
        Contradiction(
          first: place($0.first), second: place($0.second), similarity: $0.similarity)
      }
  }
}
