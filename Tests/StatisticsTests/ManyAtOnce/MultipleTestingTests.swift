import Foundation
import Statistics
import Testing

@Suite("Many at once")
struct MultipleTestingTests {
  typealias Adjustment = @Sendable ([Double]) -> [Double]

  static let adjustments: [(name: String, adjust: Adjustment)] = [
    ("Bonferroni", { bonferroni($0) }), ("Holm", { holm($0) }), ("Hochberg", { hochberg($0) }),
    ("Hommel", { hommel($0) }), ("BH", { benjaminiHochberg($0) }),
    ("BY", { benjaminiYekutieli($0) }),
  ]

  /// p-values that are often tied and sometimes tiny.
  private func families() -> [[Double]] {
    var generator = SeededGenerator(seed: 11)
    return (0..<300).map { _ in
      (0..<(1 + Int(generator.next() % 7))).map { _ in
        let u = (generator.nextUniform() * 20).rounded() / 20
        return generator.next() % 2 == 0 ? u * 0.1 : u
      }
    }
  }

  @Test("None gives none, one is itself, NaN is no evidence, all lie in 0...1", arguments: 0..<6)
  func edges(index: Int) {
    let adjust = Self.adjustments[index].adjust
    #expect(adjust([]) == [])
    #expect(adjust([0.03]) == [0.03])
    #expect(adjust([.nan]) == [1])
    let mixed = adjust([0.001, .nan, 2, -1, 0.5])
    #expect(mixed[1] == 1 && mixed[2] == 1 && mixed[3] == 0)
    #expect(mixed.allSatisfy { $0 >= 0 && $0 <= 1 })
    for family in families() {
      let adjusted = adjust(family)
      for (p, own) in zip(family, adjusted) { #expect(own >= p - 1e-15) }
      // Smaller p-values stay smaller, and the order given does not matter.
      for i in family.indices {
        for j in family.indices where family[i] <= family[j] {
          #expect(adjusted[i] <= adjusted[j])
        }
      }
      #expect(adjust(family.reversed()) == adjusted.reversed())
    }
  }

  @Test("Each rejects what a weaker one rejects")
  func strength() {
    for family in families() {
      let chain =
        [bonferroni(family), holm(family), hochberg(family), hommel(family)]
        + [benjaminiHochberg(family)]
      for (weaker, stronger) in zip(chain, chain.dropFirst()) {
        for (a, b) in zip(weaker, stronger) { #expect(b <= a + 1e-12) }
      }
      for (a, b) in zip(benjaminiYekutieli(family), benjaminiHochberg(family)) {
        #expect(b <= a + 1e-12)
      }
    }
  }

  /// A hypothesis is rejected by closed testing where every family that holds it is.
  @Test("Holm and Hommel are closed testing, by trying all subsets")
  func closed() {
    func byTrying(_ family: [Double], _ local: ([Double]) -> Double) -> [Double] {
      family.indices.map { own in
        (0..<(1 << family.count)).filter { $0 >> own & 1 == 1 }.map { subset in
          local(family.indices.filter { subset >> $0 & 1 == 1 }.map { family[$0] })
        }.max() ?? 1
      }
    }
    func simes(_ p: [Double]) -> Double {
      let sorted = p.sorted()
      return sorted.enumerated()
        .map { Double(p.count) * $0.element / Double($0.offset + 1) }.min() ?? 1
    }
    for family in families() {
      for (mine, reference) in zip(hommel(family), byTrying(family, simes)) {
        #expect(abs(mine - reference) < 1e-12)
      }
      let minimum = byTrying(family) { min(1, Double($0.count) * ($0.min() ?? 1)) }
      for (mine, reference) in zip(holm(family), minimum) {
        #expect(abs(mine - reference) < 1e-12)
      }
    }
  }

  @Test("Thousands of p-values do not take quadratic time")
  func quick() {
    var generator = SeededGenerator(seed: 2)
    let family = (0..<4000).map { _ in generator.nextUniform() }
    #expect(processorSeconds { _ = hommel(family) } < 1)
  }

  @Test("e-BH is BH on 1/e, and takes no level for a claim that is none")
  func eBH() {
    for family in families() {
      let eValues = family.map { $0 == 0 ? .infinity : 1 / $0 }
      let byP = benjaminiHochberg(family).map { $0 <= 0.2 + 1e-12 }
      #expect(eBenjaminiHochberg(eValues, alpha: 0.2 * (1 + 1e-12)) == byP)
    }
    #expect(eBenjaminiHochberg([], alpha: 0.05) == [])
    #expect(eBenjaminiHochberg([.nan, -3, 100], alpha: 0.05) == [false, false, true])
    #expect(eBenjaminiHochberg([1e9, 100], alpha: .nan) == [false, false])
  }

  @Test("The whole holds only as well as its weakest part")
  func intersectionUnion() {
    #expect(IntersectionUnion.pValue([]) == 1)
    #expect(IntersectionUnion.pValue([0.01, .nan]) == 1)
    #expect(IntersectionUnion.pValue([0.01, 0.02]) == 0.02)
    #expect(IntersectionUnion.eValue([]) == 0)
    #expect(IntersectionUnion.eValue([30, .nan]) == 0)
    #expect(IntersectionUnion.eValue([30, 4]) == 4)
  }
}
