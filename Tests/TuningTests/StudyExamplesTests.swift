import Foundation
import Suites
import Testing
import Tuning

@Suite("Examples of a study")
struct StudyExamplesTests {
  @Test("All of train and dev, and nothing of the gate or sealed")
  func roles() throws {
    let world = try StudiedWorld()
    let examples = world.examples
    #expect(examples.train.allSatisfy { world.suite.roles[$0.cluster] == .train })
    #expect(examples.dev.allSatisfy { world.suite.roles[$0.cluster] == .dev })
    #expect(examples.train.count == world.suite.units(in: .train))
    #expect(examples.dev.count == world.suite.units(in: .dev))
    #expect(world.suite.units(in: .sealed) > 100 && world.suite.units(in: .gate) > 10)
    #expect(examples.training.map(\.input) == examples.train.map(\.input))
    #expect(examples.training.map(\.label) == examples.train.map(\.expected.named))
  }

  @Test("Subsets of a chain are nested, hold a share of each label, and differ between chains")
  func subsets() throws {
    let examples = try StudiedWorld().examples
    let chain = StudyMaterial.shares.map { examples.subset(share: $0, chain: 0) }
    for (smaller, larger) in zip(chain, chain.dropFirst()) {
      #expect(Set(smaller).isStrictSubset(of: Set(larger)))
    }
    #expect(chain.last == Array(examples.train.indices))
    for label in ["billing", "refill"] {
      let all = examples.train.count { $0.expected.named == label }
      let eighth = chain[0].count { examples.train[$0].expected.named == label }
      #expect(eighth == (all + 7) / 8)
    }
    #expect(examples.subset(share: 0.125, chain: 1) != chain[0])
    #expect(try StudiedWorld().examples.subset(share: 0.125, chain: 0) == chain[0])
    #expect(try StudiedWorld(seed: 8).examples.subset(share: 0.125, chain: 0) != chain[0])
  }

  @Test("A subset takes a cluster whole or not at all")
  func clusters() throws {
    var behaviors = try StudiedWorld().suite.suite.behaviors
    for behavior in behaviors.indices {
      for index in behaviors[behavior].examples.indices {
        behaviors[behavior].examples[index].cluster = ClusterID("\(behavior)-\(index / 4)")
      }
    }
    let suite = try deal(
      Suite(folder: URL(fileURLWithPath: "/nonexistent"), behaviors: behaviors), lock: nil
    ).0
    let examples = StudyExamples(suite)
    let subset = Set(examples.subset(share: 0.25, chain: 2))
    let inside = Set(subset.map { examples.train[$0].cluster })
    let outside = Set(
      examples.train.indices.filter { !subset.contains($0) }.map { examples.train[$0].cluster })
    #expect(!inside.isEmpty && !outside.isEmpty)
    #expect(inside.isDisjoint(with: outside))
  }

  @Test("Of more examples than it may look at it takes a sample, and says of how many")
  func sampled() throws {
    let all = try StudiedWorld().examples
    let some = try StudiedWorld(most: 50)
    #expect(some.examples.train.count == 50 && some.examples.dev.count == 50)
    #expect(some.examples.trainTotal == all.train.count)
    #expect(Set(some.examples.train).isSubset(of: Set(all.train)))
    #expect(some.examples.train.map(\.id) == some.examples.train.map(\.id).sorted())
    let study = TrainingStudy(some.material, suite: some.suite)
    #expect(study.train.isPart && study.train.total == all.train.count)
  }
}
