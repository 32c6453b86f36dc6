import Statistics
import Suites
import Testing
import Tuning

@Suite("Remedies")
struct RemedyTests {
  private func diagnose(
    _ world: StudiedWorld, withStudy: Bool = true, reason: EndReason = .rounds
  ) throws -> Diagnosis {
    let study = withStudy ? TrainingStudy(world.material, suite: world.suite) : nil
    return try #require(
      Diagnosis(world.summary(reason: reason), suite: world.suite, study: study))
  }

  @Test("Where many labels are ruled out, looking at them comes first, with numbers")
  func labels() throws {
    var world = try StudiedWorld()
    let bills = world.examples.train.filter { $0.expected == "billing" }
    world.ruledOut = Set(bills.enumerated().filter { $0.offset % 5 == 0 }.map(\.element.id))
    let diagnosis = try diagnose(world)
    let first = try #require(diagnosis.remedies.first)
    #expect(first.kind == .fixLabels && first.behaviors == ["billing"])
    let billing = try #require(diagnosis.behaviors.first { $0.name == "billing" })
    let examples = try #require(diagnosis.study?.examples["billing"])
    let gain = 0.51 * Double(world.ruledOut.count) / Double(examples)
    let rate = Double(billing.passes) / Double(billing.trials)
    let lacking = try #require(billing.neededRate) - rate
    #expect(abs(try #require(first.coverage) - min(1, gain / lacking)) < 1e-9)
    #expect(first.text.hasPrefix("Look at \(world.ruledOut.count) labels"))
    #expect(first.text.contains("(\(world.ruledOut.count) in train, 0 in dev)"))
    #expect(diagnosis.remedies.count == 2)
  }

  @Test("Where the curve still rises, examples come first; where it is flat they do not come")
  func examples() throws {
    var world = try StudiedWorld(count: 800)
    world.law = InversePowerLaw(asymptote: 0, scale: 3, exponent: 0.6)
    let rising = try diagnose(world)
    let outlook = try #require(rising.behaviors.first { $0.name == "billing" }?.outlook)
    #expect(try #require(outlook.gainOfDoubling) > 0.02)
    let first = try #require(rising.remedies.first)
    #expect(first.kind == .addTrainExamples)
    #expect(first.text.contains("train examples of `billing`"))
    #expect(first.text.contains("\(outlook.missing?.units ?? outlook.learned)"))

    world.law = InversePowerLaw(asymptote: 0.16, scale: 0, exponent: 1)
    let flat = try diagnose(world)
    #expect(!flat.remedies.contains { $0.kind == .addTrainExamples })
    guard
      case .outOfReach(let limit, _)? = flat.behaviors.first(where: { $0.name == "billing" })?
        .outlook?.forecast
    else {
      Issue.record("a flat curve is out of reach")
      return
    }
    #expect(abs(limit - 0.84) < 0.06)
  }

  @Test("Two labels that are confused are named with their failures, also without a study")
  func labelPair() throws {
    let world = try StudiedWorld()
    let diagnosis = try diagnose(world, withStudy: false)
    let pair = try #require(diagnosis.remedies.first { $0.kind == .separateLabels })
    let failures = try #require(
      diagnosis.behaviors.first { $0.name == "billing" }?.failures.count)
    #expect(pair.text.contains("`billing` from `refill`"))
    #expect(pair.text.contains("\(failures) of \(failures) failures"))
    #expect(pair.behaviors == ["billing"])
    #expect(diagnosis.study == nil)
    #expect(diagnosis.behaviors.allSatisfy { $0.outlook == nil && $0.groups.isEmpty })
  }

  @Test("Two at most, the most covering first; all are about behaviors that are not shown")
  func ranked() throws {
    var world = try StudiedWorld()
    world.ruledOut = Set(world.examples.train.prefix(40).map(\.id))
    let diagnosis = try diagnose(world)
    #expect((1...2).contains(diagnosis.remedies.count))
    let coverages = diagnosis.remedies.map { $0.coverage ?? 0.25 }
    #expect(coverages == coverages.sorted(by: >))
    let open = Set(diagnosis.behaviors.filter { !$0.isLikelyShown }.map(\.name))
    #expect(!open.isEmpty)
    #expect(diagnosis.remedies.allSatisfy { open.isSuperset(of: $0.behaviors) })
    #expect(diagnosis.remedies.allSatisfy { (0...1).contains($0.coverage ?? 0) })
  }

  @Test("A rate that would do with too few sealed units: more of these, with their number")
  func sealedUnits() throws {
    let settings = LoopSettings(
      behaviors: [
        LoopBehavior(
          name: "refill", target: 0.9, hope: 0.97, trainUnits: 100, devUnits: 400,
          sealed: SealedPool(units: 60, budget: 0.05))
      ], confidence: 0.95, rounds: 1)
    let checkpoint = Checkpoint(id: "c", rung: .head)
    let summary = RunSummary([
      RunEvent.started(
        RunHeader(
          suite: "s", model: ModelIdentity("m"), base: checkpoint, seed: 7, settings: settings,
          setAsideRows: 0, repeatedRows: 0, notes: [])),
      .measured(
        Measurement(
          checkpoint: checkpoint,
          behaviors: [
            BehaviorMeasurement(
              behavior: "refill", trials: 400,
              failures: (0..<12).map {
                Failure(example: "\($0)", expected: "refill", reply: "x", probability: 1)
              })
          ])),
      .finished(.unsatisfied(champion: checkpoint, reason: .rounds, violated: [])),
    ])
    let diagnosis = try #require(Diagnosis(summary, suite: StudiedWorld().suite))
    let refill = try #require(diagnosis.behaviors.first)
    let needed = try #require(refill.neededUnits)
    #expect(needed > 60 && refill.lacksSealedUnits)
    let first = try #require(diagnosis.remedies.first)
    #expect(first.kind == .addSealedExamples && first.coverage == 1)
    #expect(first.text.contains("about \(needed - 60) of `refill`"))
  }

  @Test("A ladder that ends short is ranked as unknown, and told once")
  func climb() throws {
    let world = try StudiedWorld()
    let checkpoint = Checkpoint(id: "champion", rung: .head)
    // A plateau needs a round to have had one.
    var summary = world.summary(reason: .plateau)
    summary.fold(.proposed(TuningPlan(round: 1, rung: .head, l2: nil, focus: [:], reason: "a")))
    summary.fold(.untuned(TuningFailure(reason: "nothing came of it")))
    let diagnosis = try #require(Diagnosis(summary, suite: world.suite))
    let billing = try #require(diagnosis.behaviors.first { $0.name == "billing" })
    #expect(try #require(billing.gap) > -1 && summary.champion?.checkpoint == checkpoint)
    let climb = diagnosis.remedies.first { $0.kind == .climb }
    #expect((climb != nil) == (try #require(billing.gap) >= 0.02))
    if let climb { #expect(climb.coverage == nil) }
  }
}
