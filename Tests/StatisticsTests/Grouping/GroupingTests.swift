import Statistics
import Testing

@Suite("Groups and their words")
struct GroupingTests {
  static let similarities = [
    [1, 0.9, 0.2, 0.1, 0.4, 0.3],
    [0.9, 1, 0.3, 0.2, 0.5, 0.1],
    [0.2, 0.3, 1, 0.8, 0.1, 0.2],
    [0.1, 0.2, 0.8, 1, 0.2, 0.35],
    [0.4, 0.5, 0.1, 0.2, 1, 0.1],
    [0.3, 0.1, 0.2, 0.35, 0.1, 1],
  ]

  // SciPy 1.17.1, scipy.cluster.hierarchy.linkage(1 − s, "average"): merges at 0.9, 0.8, 0.45,
  // 0.275 and 0.1778.
  @Test(
    "Average linkage as SciPy has it",
    arguments: [
      (0.95, [[0], [1], [2], [3], [4], [5]]), (0.85, [[0, 1], [2], [3], [4], [5]]),
      (0.44, [[0, 1, 4], [2, 3], [5]]), (0.3, [[0, 1, 4], [2, 3], [5]]),
      (0.2, [[0, 1, 4], [2, 3, 5]]), (0.17, [[0, 1, 2, 3, 4, 5]]),
    ])
  func linkage(threshold: Double, groups: [[Int]]) {
    #expect(averageLinkage(similarities: Self.similarities, threshold: threshold) == groups)
  }

  @Test("Nothing and one thing are groups of themselves")
  func small() {
    #expect(averageLinkage(similarities: [], threshold: 0.5) == [])
    #expect(averageLinkage(similarities: [[1]], threshold: 0.5) == [[0]])
  }

  // NumPy 2.4.6, from the equations.
  @Test(
    "Log-odds scores",
    arguments: [
      (4, 5, 4.562046623950151), (4, 400, -1.636740338898031), (0, 30, -0.6559905845884425),
    ])
  func scores(inside: Int, outside: Int, expected: Double) {
    let score = logOddsScore(
      inside: inside, outside: outside, insideWords: 75, outsideWords: 3000)
    #expect(abs(score - expected) < 1e-9)
  }

  @Test("A word as common in both tells nothing, one in neither is 0, and a set may be empty")
  func plain() {
    #expect(abs(logOddsScore(inside: 5, outside: 5, insideWords: 100, outsideWords: 100)) < 1e-12)
    #expect(logOddsScore(inside: 0, outside: 0, insideWords: 10, outsideWords: 10) == 0)
    let alone = logOddsScore(inside: 3, outside: 0, insideWords: 3, outsideWords: 0)
    #expect(alone.isFinite)
  }
}
