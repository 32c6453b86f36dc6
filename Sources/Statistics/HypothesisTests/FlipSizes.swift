#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The sizes of differences whose signs are flipped, and the distribution of their sum.
struct FlipSizes {
  /// Different sizes, the largest first, with how often each occurs; zeros are left out.
  private var groups: [(size: Double, count: Int)] = []
  /// Sums that differ by less are equal but for rounding errors.
  private let tolerance: Double

  init(_ differences: [Double]) {
    let sizes = differences.map(abs).filter { $0 > 0 }.sorted(by: >)
    tolerance = 1e-12 * sizes.reduce(0, +)
    let close = 1e-12 * (sizes.first ?? 0)
    for size in sizes {
      if let last = groups.last, last.size - size <= close {
        groups[groups.count - 1].count += 1
      } else {
        groups.append((size, 1))
      }
    }
  }

  /// The sums of some groups, the largest first, with their probabilities.
  private typealias Sums = [(value: Double, probability: Double)]

  /// The probability that the flipped sum is at least so much; nil where there are too many sums to
  /// count.
  func probability(atLeast sum: Double) -> Double? {
    guard let first = groups.first else { return sum <= tolerance ? 1 : 0 }
    if groups.count == 1 {
      // hits − (count − hits) sizes, from `hits` positive signs.
      let needed = ((sum - tolerance) / first.size + Double(first.count)) / 2
      return binomialSurvival(
        Int(needed.rounded(.up)), trials: first.count, probability: 0.5)
    }
    // Two halves with about as many sums each.
    var halves: [[(size: Double, count: Int)]] = [[], []]
    var sums = [1.0, 1.0]
    for group in groups.sorted(by: { $0.count > $1.count }) {
      let half = sums[0] <= sums[1] ? 0 : 1
      halves[half].append(group)
      sums[half] *= Double(group.count) + 1
    }
    guard sums[0] + sums[1] <= 3_000_000 else { return nil }
    let (one, other) = (Self.sums(halves[0]), Self.sums(halves[1]))
    // The probability of the first so many sums of the other half.
    var cumulative = [0.0]
    for item in other { cumulative.append(cumulative[cumulative.count - 1] + item.probability) }
    // For ever smaller sums of one half, ever fewer of the other reach far enough.
    var (total, reaching) = (0.0, other.count)
    for item in one {
      while reaching > 0, item.value + other[reaching - 1].value < sum - tolerance {
        reaching -= 1
      }
      if reaching == 0 { break }
      total += item.probability * cumulative[reaching]
    }
    return min(1, total)
  }

  private static func sums(_ groups: [(size: Double, count: Int)]) -> Sums {
    var sums: Sums = [(0, 1)]
    for (size, count) in groups {
      let steps: Sums = (0...count).map { hits in
        (
          Double(2 * hits - count) * size,
          exp(binomialLogMass(hits, trials: count, probability: 0.5))
        )
      }
      sums = sums.flatMap { sum in
        steps.map { (sum.value + $0.value, sum.probability * $0.probability) }
      }
    }
    return sums.sorted { $0.value > $1.value }
  }

  /// The share of sampled sums that reach so far, the one seen counted among them.
  func sampledProbability(
    atLeast sum: Double, samples: Int, seed: UInt64, twoSided: Bool
  ) -> Double {
    let sizes = groups.flatMap { [Double](repeating: $0.size, count: $0.count) }
    var generator = SeededGenerator(seed: seed, stream: "sign flips")
    var reached = 1
    for _ in 0..<samples {
      var (flipped, bits) = (0.0, UInt64(0))
      for (index, size) in sizes.enumerated() {
        if index % 64 == 0 { bits = generator.next() }
        flipped += bits & 1 == 1 ? size : -size
        bits >>= 1
      }
      if (twoSided ? abs(flipped) : flipped) >= sum - tolerance { reached += 1 }
    }
    return Double(reached) / Double(samples + 1)
  }
}
