import Suites
import Testing

@Suite("Texts that are alike are found")
struct ClusteringTests {
  @Test("the join finds what comparing all pairs finds")
  func againstAllPairs() {
    var generator = SeededGenerator(21)
    let words = [
      "card", "cards", "lost", "my", "where", "is", "the", "a", "transfer", "pending", "top", "up",
    ]
    for round in 0..<20 {
      var texts: Set<String> = []
      while texts.count < 150 {
        let count = Int.random(in: 1...9, using: &generator)
        texts.insert(
          (0..<count).map { _ in words.randomElement(using: &generator) ?? "" }.joined(
            separator: " "))
      }
      let sorted = texts.sorted()
      var found = DisjointSets(count: sorted.count)
      for link in SimilarTexts(sorted).links() { found.join(link.first, link.second) }
      var wanted = DisjointSets(count: sorted.count)
      let sets = sorted.map { Set(Shingles.of($0)) }
      for i in sorted.indices {
        for j in 0..<i where !sets[i].isEmpty && !sets[j].isEmpty {
          let overlap = sets[i].intersection(sets[j]).count
          let union = sets[i].union(sets[j]).count
          if Double(overlap) >= 0.7 * Double(union) - 1e-9 { wanted.join(i, j) }
        }
      }
      for i in sorted.indices {
        for j in 0..<i {
          #expect(
            (found.find(i) == found.find(j)) == (wanted.find(i) == wanted.find(j)), "round \(round)"
          )
        }
      }
    }
  }

  /// Questions of bank customers, made up after the manner of real ones.
  @Test(
    "what counts as alike",
    arguments: [
      (
        "how do i open an account for my children", "how do i open up an account for my child", true
      ),
      ("please help me change my pin", "help me change my pin", true),
      ("someone stole my card", "someone stole my cards", true),
      ("how do i verify my top up", "how do i verify my id", false),
      ("can i get a refund", "how do i get a refund", false),
      ("where is my card", "where is my transfer", false),
      ("yes", "yes please", false),
    ])
  func alike(_ a: String, _ b: String, _ areAlike: Bool) {
    #expect(SimilarTexts([a, b]).links().count == (areAlike ? 1 : 0))
  }
}
