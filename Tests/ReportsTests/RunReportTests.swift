import Foundation
import Reports
import Suites
import Testing
import Tuning

@Suite("The report of a run")
struct RunReportTests {
  @Test("Counts of behaviors are those of the event that they name")
  func traceable() throws {
    let report = try RecordedRun.report()
    let events = Dictionary(
      uniqueKeysWithValues: try RecordedRun.events().map { ($0.sequence, $0.event) })
    func measured(_ event: Int?) throws -> Tuning.Measurement {
      guard case .measured(let found)? = events[try #require(event)] else {
        throw TestFailure("event \(event ?? 0) is no measurement")
      }
      return found
    }
    #expect(report.behaviors.count == 3)
    for row in report.behaviors {
      let now = try #require(measured(row.event)[behavior: row.behavior])
      #expect((row.passes, row.trials) == (now.passes, now.trials))
      let start = try #require(measured(row.startEvent)[behavior: row.behavior])
      #expect(row.startPasses == start.passes)
      // What was gained less what was lost is the difference of the counts.
      #expect(row.gained - row.lost == now.passes - start.passes)
    }
    for round in report.rounds {
      guard case .proposed(let plan)? = events[round.firstEvent] else {
        throw TestFailure("round \(round.round) does not begin with its plan")
      }
      #expect(plan.round == round.round)
      switch events[round.lastEvent] {
      case .accepted(let decision), .rejected(let decision):
        #expect(decision.candidateChance == round.chanceAfter)
      default: throw TestFailure("round \(round.round) does not end with its decision")
      }
    }
  }

  @Test("A confusion matrix has every unit that expects a label once")
  func confusion() throws {
    let report = try RecordedRun.report()
    let matrix = try #require(report.confusion)
    let counted = matrix.counts.joined().reduce(0, +) + matrix.unusable.reduce(0, +)
    #expect(counted == report.behaviors.map(\.trials).reduce(0, +))
    let right = matrix.labels.indices.map { matrix.counts[$0][$0] }.reduce(0, +)
    #expect(right == report.behaviors.map(\.passes).reduce(0, +))
    let labels = ["billing", "other", "refill"]
    #expect(matrix.labels == labels)
  }

  @Test("Evidence ends where its counts say, whatever the order of the units")
  func path() throws {
    for row in try RecordedRun.report().behaviors {
      let path = try #require(row.path)
      #expect(path.units.first == 0 && path.units.last == row.trials)
      let (passes, failures) = (Double(row.passes), Double(row.trials - row.passes))
      let expected =
        passes * log(row.hope / row.target)
        + failures * log((1 - row.hope) / (1 - row.target))
      #expect(abs(try #require(path.values.last) - expected) < 1e-9)
    }
  }

  @Test("Examples are all that the champion was asked, those that fail first, and none is sealed")
  func examples() throws {
    let report = try RecordedRun.report()
    let suite = try RecordedRun.suite()
    let fails = report.examples.filter { [.fails, .lost].contains($0.state) }
    #expect(
      report.examples.prefix(fails.count).allSatisfy { $0.state == .fails || $0.state == .lost })
    let passes = report.examples.filter { ![.fails, .lost].contains($0.state) }
    #expect(passes.count == report.behaviors.map(\.passes).reduce(0, +))
    // A run from before what passed was noted: it is what is expected, and how sure is not known.
    #expect(passes.allSatisfy { $0.reply == $0.expected.label && $0.probability == nil })
    #expect(fails.count == report.behaviors.map { $0.trials - $0.passes }.reduce(0, +))
    #expect(
      report.examples.count { $0.state == .gained }
        == report.behaviors.map(\.gained).reduce(0, +))
    let roles = Dictionary(
      suite.suite.behaviors.flatMap(\.examples).map { ($0.id, suite.roles[$0.cluster]) },
      uniquingKeysWith: { first, _ in first })
    for row in report.examples {
      #expect(roles[row.example] == .dev)
      #expect(row.input != nil)
    }
  }

  @Test("What passes has its reply, with the probability, the least sure first")
  func passing() throws {
    let suite = try RecordedRun.suite()
    var (sure, unknown) = ([String: Double](), Set<String>())
    let events = try RecordedRun.events().map { stamped in
      guard case .measured(var measurement) = stamped.event else { return stamped }
      for index in measurement.behaviors.indices {
        let own = measurement.behaviors[index]
        let behavior = try #require(suite.suite[behavior: own.behavior])
        let failed = Set(own.failures.map(\.example))
        let units = suite.representatives(of: behavior, in: .dev).filter { !failed.contains($0.id) }
        measurement.behaviors[index].passed = units.sorted { $0.id < $1.id }.enumerated().map {
          Pass(example: $1.id, probability: 1 / Double(2 + $0))
        }
        // Something that the suite does not have any more.
        measurement.behaviors[index].passed?.append(Pass(example: "gone", probability: 0.1))
      }
      return StampedEvent(
        sequence: stamped.sequence, time: stamped.time, event: .measured(measurement))
    }
    let report = RunReport(
      number: 1, isClosed: true, events: events,
      context: RunReport.Context(suite: suite, folder: RecordedRun.folder))
    for behavior in RunSummary(events).champion?.behaviors ?? [] {
      for pass in behavior.passed ?? [] {
        sure[behavior.behavior + pass.example] = pass.probability
      }
    }
    let passes = report.examples.filter { $0.state == .gained || $0.state == .passes }
    #expect(passes.count == report.behaviors.map(\.passes).reduce(0, +))
    for row in passes {
      #expect(row.reply == row.expected.label)
      #expect(row.probability == sure[row.behavior + row.example])
      if row.probability == nil { unknown.insert(row.example) }
    }
    #expect(unknown.isEmpty)
    let last = report.examples.filter { $0.state == .passes }.compactMap(\.probability)
    #expect(last.count > 20 && last == last.sorted())
    // With more on `dev` by now, what was measured is still known.
    var roles = suite.roles
    for (cluster, role) in roles where role == .gate { roles[cluster] = .dev }
    let grown = RunReport(
      number: 1, isClosed: true, events: events.map(Self.withoutGone),
      context: RunReport.Context(
        suite: DealtSuite(suite: suite.suite, roles: roles), folder: RecordedRun.folder))
    #expect(grown.confusion?.uncounted == 0)
    #expect(grown.behaviors.allSatisfy { $0.path?.units.last == $0.trials })
    let counts = try RecordedRun.report().confusion?.counts
    #expect(grown.confusion?.counts == counts)
    let page = RunPage(report).html()
    #expect(
      page.contains("passes, as at the start") && page.contains("those that pass, the least sure"))
  }

  private static func withoutGone(_ stamped: StampedEvent) -> StampedEvent {
    guard case .measured(var measurement) = stamped.event else { return stamped }
    for index in measurement.behaviors.indices {
      measurement.behaviors[index].passed?.removeAll { $0.example == "gone" }
    }
    return StampedEvent(
      sequence: stamped.sequence, time: stamped.time, event: .measured(measurement))
  }

  @Test("A candidate that broke a guard is told with the examples that it would have lost")
  func broken() throws {
    let report = HostileTextTests.report("refill")
    #expect(report.rounds[0].broken.isEmpty)
    let broken = report.rounds[1].broken
    #expect(broken.count == 2)
    #expect(broken.allSatisfy { $0.behavior == "refill" && $0.input?.hasPrefix("refill") == true })
    #expect(RunPage(report).html().contains("2 examples that it would lose"))
  }

  @Test("Nothing sealed is in any form of the report")
  func sealed() throws {
    let report = try RecordedRun.report()
    let suite = try RecordedRun.suite()
    let sealed = suite.suite.behaviors.flatMap { suite.examples(of: $0, in: .sealed) }
    #expect(sealed.count > 50)
    let forms = [
      RunPage(report).html(), try report.json(), RunMarkdown(report).text, RunJUnit(report).text,
    ]
    let shown = Set(report.examples.compactMap(\.input))
    for example in sealed where example.input.count > 25 && !shown.contains(example.input) {
      for form in forms {
        #expect(!form.contains(example.id))
        #expect(!form.contains(example.input))
      }
    }
  }

  @Test("What was asked on dev and is sealed by now is in no form of the report")
  func sealedSince() throws {
    let suite = try RecordedRun.suite()
    let resealed = DealtSuite(
      suite: suite.suite, roles: suite.roles.mapValues { $0 == .dev ? .sealed : $0 })
    let report = RunReport(
      number: 1, isClosed: true, events: try RecordedRun.events(),
      context: RunReport.Context(suite: resealed, folder: RecordedRun.folder))
    let forms = [
      RunPage(report).html(), try report.json(), RunMarkdown(report).text, RunJUnit(report).text,
    ]
    let dev = suite.suite.behaviors.flatMap { suite.examples(of: $0, in: .dev) }
    #expect(dev.count > 20)
    for example in dev {
      for form in forms {
        #expect(!form.contains(example.id))
        if example.input.count > 25 { #expect(!form.contains(example.input)) }
      }
    }
    // Numbers say no text, and stay: what passed is counted by the one label of its behavior.
    let confusion = try #require(report.confusion)
    #expect(confusion.confused.isEmpty)
    #expect(confusion.uncounted == 0)
    #expect(
      confusion.counts.joined().reduce(0, +) == report.behaviors.map(\.passes).reduce(0, +))
  }

  @Test("What a certified run was studied for is told without what it would need")
  func studiedAfterCertificate() throws {
    let events = try RecordedRun.events().map { stamped in
      var stamped = stamped
      switch stamped.event {
      case .finished(.unsatisfied(let champion, _, _)):
        stamped.event = .finished(.satisfied(champion: champion))
      case .studied(var study):
        // As if it had enough units of its own.
        var curve = try #require(study.together)
        curve.behavior = "refill"
        study.curves = [curve]
        stamped.event = .studied(study)
      default: break
      }
      return stamped
    }
    let report = RunReport(
      number: 1, isClosed: true, events: events,
      context: RunReport.Context(suite: try RecordedRun.suite(), folder: RecordedRun.folder))
    let study = try #require(report.study)
    #expect(events.first { $0.sequence == study.event }?.event.kind == "studied")
    #expect(study.learningCurve != nil)
    let curves = report.behaviors.compactMap(\.learningCurve)
    #expect(!curves.isEmpty && curves.allSatisfy { $0.outlook == nil })
    #expect(
      report.behaviors.compactMap(\.learning).allSatisfy { $0.contains("with twice as many") })
    let page = RunPage(report).html()
    #expect(page.contains("when the run had ended, its certificate included"))
    #expect(!page.contains("it needs"))
    // Before the study, and without one, the page says that it is missing.
    let early = RunReport(
      number: 1, isClosed: true, events: events.filter { $0.event.kind != "studied" },
      context: RunReport.Context(suite: try RecordedRun.suite(), folder: RecordedRun.folder))
    #expect(RunPage(early).html().contains("nobody looked at train and dev"))
  }
}

struct TestFailure: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) {
    self.description = description
  }
}
