import Charts
import Reports
import Statistics
import Tuning

/// A pass rate as the pages show it: in figures, and as an error bar beside its target.
struct RateBar {
  let passes: Int
  let trials: Int
  /// Nil where the run had none.
  let target: Double?
  let interval: Interval

  init(_ measured: BehaviorMeasurement, target: Double?, confidence: Double) {
    passes = measured.passes
    trials = measured.trials
    self.target = target
    interval = measured.errorBar(confidence: confidence)
  }

  /// `90.0 %`
  var rate: String {
    trials > 0 ? Format.percent(Double(passes) / Double(trials)) : "no example"
  }

  /// `18 of 20`
  var counts: String { "\(passes) of \(trials)" }

  /// A picture with the numbers as its name; nothing in it was written by a user.
  func svg(domain: ClosedRange<Double>) -> String {
    var words = "\(counts), \(Format.percent(interval.lower)) to \(Format.percent(interval.upper))"
    if let target { words += ", target \(Format.percent(target))" }
    return IntervalBar(
      domain: domain, interval: interval.lower...interval.upper,
      point: trials > 0 ? Double(passes) / Double(trials) : nil, target: target ?? .nan,
      standing: standing, description: words
    ).svg()
  }

  /// As far as this interval tells; the verdict of a run is corrected for the number of behaviors.
  private var standing: IntervalBar.Standing {
    guard let target, trials > 0 else { return .open }
    if interval.lower >= target { return .met }
    return interval.upper < target ? .missed : .open
  }
}
