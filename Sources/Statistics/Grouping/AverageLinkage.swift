/// Groups things that are alike: the two groups whose members are most alike on average are merged,
/// again and again, until none are alike enough.
///
/// - Parameters:
///   - similarities: Symmetric. Shape [n][n]; the diagonal is not read.
///   - threshold: Groups are merged while the mean similarity between them is at least this.
/// - Returns: The members of each group in ascending order, large groups first, then by first
///   member. Of several merges as good the one with the smallest members comes first.
///
/// Takes time that grows with the cube of n.
///
/// Source: Sokal and Michener (1958), UPGMA.
public func averageLinkage(similarities: [[Double]], threshold: Double) -> [[Int]] {
  precondition(
    similarities.allSatisfy { $0.count == similarities.count }, "similarities are square")
  var groups = similarities.indices.map { [$0] }
  var means = similarities
  while groups.count > 1 {
    var best = (value: -Double.infinity, first: 0, second: 1)
    for first in groups.indices {
      for second in (first + 1)..<groups.count where means[first][second] > best.value {
        best = (means[first][second], first, second)
      }
    }
    guard best.value >= threshold else { break }
    let sizes = (Double(groups[best.first].count), Double(groups[best.second].count))
    for other in groups.indices where other != best.first && other != best.second {
      let mean =
        (sizes.0 * means[best.first][other] + sizes.1 * means[best.second][other])
        / (sizes.0 + sizes.1)
      means[best.first][other] = mean
      means[other][best.first] = mean
    }
    groups[best.first] += groups[best.second]
    groups.remove(at: best.second)
    means.remove(at: best.second)
    for row in means.indices { means[row].remove(at: best.second) }
  }
  return groups.map { $0.sorted() }
    .sorted { $0.count == $1.count ? $0[0] < $1[0] : $0.count > $1.count }
}
