import Foundation
import Statistics
import Testing

@Suite("pass@k and pass^k")
struct PassAtKTests {
  @Test("Agree with counting all ways to draw k of n")
  func enumeration() throws {
    for replies in 0...8 {
      for passes in 0...replies {
        for k in 0...replies {
          // A set of replies is a bit pattern; the first `passes` replies passed.
          let draws = (0..<(1 << replies)).filter { $0.nonzeroBitCount == k }
          let good = (1 << passes) - 1
          let all = draws.count { $0 & good == $0 }
          let some = draws.count { $0 & good != 0 }
          let (every, any) = (
            try #require(passHatK(passes: passes, replies: replies, k: k)),
            try #require(passAtK(passes: passes, replies: replies, k: k))
          )
          #expect(abs(every - Double(all) / Double(draws.count)) < 1e-14)
          #expect(abs(any - Double(some) / Double(draws.count)) < 1e-14)
        }
      }
    }
  }

  /// mpmath 1.4.1 with 40 digits: quotients of `binomial`.
  @Test(
    "Large numbers of replies keep their digits",
    arguments: [
      (3, 1_000_000_000, 2, 6.000000006000000006e-18),
      (999_000, 1_000_000, 5000, 0.006637276589658130910374796),
    ])
  func large(passes: Int, replies: Int, k: Int, value: Double) throws {
    let every = try #require(passHatK(passes: passes, replies: replies, k: k))
    #expect(abs(every / value - 1) < 1e-11)
    let any = try #require(passAtK(passes: replies - passes, replies: replies, k: k))
    #expect(abs(any - (1 - value)) < 1e-14)
  }

  @Test("More attempts help one and hurt the other")
  func monotone() throws {
    for k in 1..<3000 {
      func both(_ k: Int) throws -> (every: Double, any: Double) {
        (
          try #require(passHatK(passes: 2900, replies: 3000, k: k)),
          try #require(passAtK(passes: 100, replies: 3000, k: k))
        )
      }
      let (less, more) = (try both(k), try both(k + 1))
      #expect(more.every <= less.every && less.any <= more.any)
      #expect(0 <= more.every && more.any <= 1)
    }
  }

  @Test("Nothing is known about more replies than there are")
  func tooFew() {
    #expect(passHatK(passes: 0, replies: 0, k: 1) == nil)
    #expect(passAtK(passes: 3, replies: 3, k: 4) == nil)
    #expect(passHatK(passes: 0, replies: 0, k: 0) == 1)
    #expect(passAtK(passes: 0, replies: 0, k: 0) == 0)
  }
}
