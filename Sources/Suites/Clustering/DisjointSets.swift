/// Sets that only ever merge (union by size, path halving).
package struct DisjointSets {
  private var parent: [Int32]
  private var size: [Int32]

  package init(count: Int) {
    parent = (0..<Int32(count)).map { $0 }
    size = Array(repeating: 1, count: count)
  }

  package mutating func find(_ item: Int) -> Int {
    var i = Int32(item)
    while parent[Int(i)] != i {
      parent[Int(i)] = parent[Int(parent[Int(i)])]
      i = parent[Int(i)]
    }
    return Int(i)
  }

  package mutating func join(_ a: Int, _ b: Int) {
    var (a, b) = (find(a), find(b))
    if a == b { return }
    if size[a] < size[b] { swap(&a, &b) }
    parent[b] = Int32(a)
    size[a] += size[b]
  }

  /// How many items are in the set of one.
  package mutating func count(with item: Int) -> Int { Int(size[find(item)]) }
}
