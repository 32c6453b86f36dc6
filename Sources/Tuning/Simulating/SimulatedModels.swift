import Statistics
import Suites

/// The champion and the candidate of a simulated run, and the texts that they are graded on.
///
/// Sealed difficulties are drawn when an attempt looks at them. A unit that j accepted candidates
/// may have redrawn since the last look is redrawn with probability 1 − (1 − redraw)^j then: the
/// same distribution as drawing along with every candidate, without the cost.
struct SimulatedModels: Sendable {
  let world: SimulatedWorld
  private(set) var champion: Candidate
  private(set) var candidate: Candidate
  private var generator: SeededGenerator
  /// The units that attempts look at; shape [behaviors]. Of a fresh reserve, those of the attempt.
  private var sealed: [SimulatedUnits]
  /// Accepted candidates since the last look.
  private var unseenRedraws = 0
  /// Difficulties of texts, shape [texts]; grown as units ask for them.
  private var devTexts: [[Double]]
  private var sealedTexts: [Double] = []
  private var sharedDevTexts: [Double] = []
  /// Sealed units that fresh attempts have used, shape [behaviors].
  private var used: [Int]
  private var proposals = 0
  /// Candidates with an encoder of each rung.
  private var onEncoder: [Rung: Int] = [:]

  struct Candidate: Sendable {
    var version = SimulatedVersion()
    /// Shape [behaviors].
    var dev: [SimulatedUnits]
  }

  init(_ world: SimulatedWorld, seed: UInt64) {
    self.world = world
    generator = SeededGenerator(seed: seed)
    let count = world.behaviors.count
    sealed = Array(repeating: SimulatedUnits(), count: count)
    used = Array(repeating: 0, count: count)
    devTexts = Array(repeating: [], count: count)
    champion = Candidate(dev: sealed)
    candidate = champion
    for index in world.behaviors.indices {
      let units = world.behaviors[index].requirement.devUnits
      Self.grow(&sharedDevTexts, to: units, using: &generator)
      devTexts[index] = Array(sharedDevTexts.prefix(units))
      champion.dev[index].draw(texts: devTexts[index], in: world, using: &generator)
    }
    candidate = champion
  }

  /// Makes a candidate of the champion, at a rung.
  mutating func propose(at rung: Rung) {
    proposals += 1
    candidate = champion
    candidate.version.number = proposals
    candidate.version.rung = rung
    if rung.changesEncoder { candidate.version.encoder = rung }
    if let encoder = candidate.version.encoder {
      candidate.version.onEncoder = onEncoder[encoder, default: 0]
      onEncoder[encoder, default: 0] += 1
    }
    for index in candidate.dev.indices {
      candidate.dev[index].redraw(
        world.redraw, texts: devTexts[index], in: world, using: &generator)
    }
  }

  mutating func crownCandidate() {
    champion = candidate
    unseenRedraws += 1
  }

  /// Failures of the champion among the sealed units that an attempt counts, shape [behaviors].
  mutating func sealedFailures(units: [Int]) -> [Int] {
    if world.flaw == .choosesOnSealed {
      return champion.dev.indices.map { failures(on: champion, behavior: $0).count }
    }
    var redraw = 1.0
    for _ in 0..<unseenRedraws { redraw *= 1 - world.redraw }
    unseenRedraws = 0
    return world.behaviors.indices.map { index in
      let first = used[index]
      Self.grow(&sealedTexts, to: first + units[index], using: &generator)
      let texts = Array(sealedTexts[first..<first + units[index]])
      if sealed[index].trials(in: world) == 0 {
        sealed[index].draw(texts: texts, in: world, using: &generator)
      } else {
        sealed[index].redraw(1 - redraw, texts: texts, in: world, using: &generator)
      }
      return sealed[index].failures(
        at: world.behaviors[index].rate(of: champion.version), in: world
      ).count
    }
  }

  /// Moves the units of the last attempt to `dev`, where attempts use them up.
  mutating func exposeSealed() {
    for index in world.behaviors.indices
    where world.behaviors[index].requirement.sealed.fresh != nil {
      let units = sealed[index].difficulties.count / world.clusterSize
      devTexts[index] += sealedTexts[used[index]..<used[index] + units]
      used[index] += units
      champion.dev[index].append(sealed[index])
      sealed[index] = SimulatedUnits()
    }
  }

  /// Numbers of units (examples, where a flaw counts those) of `dev` that a checkpoint fails.
  func failures(on candidate: Candidate, behavior index: Int) -> [Int] {
    candidate.dev[index].failures(
      at: world.behaviors[index].rate(of: candidate.version), in: world)
  }

  private static func grow(
    _ texts: inout [Double], to count: Int, using generator: inout SeededGenerator
  ) {
    while texts.count < count { texts.append(generator.nextUniform()) }
  }
}
