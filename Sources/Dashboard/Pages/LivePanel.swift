import Mustache
import Reports
import Suites
import Tuning

/// What the run at work is doing, for the top of its page.
struct LivePanel {
  var progress: LiveProgress
  /// Those of the run; nil before its first event.
  var settings: LoopSettings?

  private struct Bar {
    var behavior: String
    var rate: String
    var bar: String
    var left: String
  }

  private struct Values {
    var `where`: String
    var activity: String
    var counts: String?
    var share: String?
    var role: String
    var hasBars: Bool
    var bars: [Bar]
  }

  func html(_ templates: Templates) -> String {
    let measurement = progress.measurement
    let confidence = settings?.confidence ?? 0.95
    let bars = (measurement?.behaviors ?? []).map { behavior in
      let bar = RateBar(
        passes: behavior.passes, trials: behavior.trials,
        target: settings?.behaviors.first { $0.name == behavior.behavior }?.target,
        confidence: confidence)
      return Bar(
        behavior: behavior.behavior, rate: bar.figures, bar: bar.svg,
        left: "\(behavior.total - behavior.trials)")
    }
    let share = progress.total.flatMap { total in
      progress.done.map { total > 0 ? "\(min(100, $0 * 100 / total))" : "0" }
    }
    return templates.live.render(
      Values(
        where: place, activity: progress.activity, counts: counts, share: share,
        role: measurement?.role.rawValue ?? "dev", hasBars: !bars.isEmpty, bars: bars))
  }

  /// `round 2 of at most 12, lora`
  private var place: String {
    guard progress.round > 0 else { return "before the first round" }
    let rung = progress.rung.map { ", \($0.rawValue)" } ?? ""
    return "round \(progress.round) of at most \(progress.rounds)\(rung)"
  }

  /// `1240/2600 texts, 431 texts/s, 3 s left`
  private var counts: String? {
    guard let done = progress.done, let total = progress.total else { return nil }
    let unit = progress.unit ?? "steps"
    var parts = ["\(done)/\(total) \(unit)"]
    if let rate = progress.rate { parts.append("\(Self.rate(rate)) \(unit)/s") }
    if let left = progress.secondsLeft { parts.append("\(Self.time(left)) left") }
    if let left = progress.budgetSecondsLeft {
      parts.append("\(Self.time(left)) of the budget left")
    }
    return parts.joined(separator: ", ")
  }

  private static func rate(_ rate: Double) -> String {
    rate < 9.95 ? "\((rate * 10).rounded() / 10)" : "\(Int(rate.rounded()))"
  }

  private static func time(_ seconds: Double) -> String {
    let whole = Int(min(max(seconds, 0), 1e9).rounded(.up))
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }
}
