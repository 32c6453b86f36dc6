import Reports
import Statistics

/// A pass rate as the pages show it: in figures and as a bar beside its target.
struct RateBar {
  var passes: Int
  var trials: Int
  /// Nil where the run had none.
  var target: Double?
  var confidence: Double

  /// `18/20, 90.0 %`
  var figures: String {
    guard trials > 0 else { return "none yet" }
    return "\(passes)/\(trials), \(Format.percent(Double(passes) / Double(trials)))"
  }

  /// A picture of 260 by 26 with the numbers as its name; nothing of it was written by a user.
  var svg: String {
    let interval = Interval.wilson(successes: passes, trials: trials, alpha: 1 - confidence)
    let low = x(interval.lower)
    let high = x(interval.upper)
    var parts = [
      "<line x1=\"10\" x2=\"250\" y1=\"13\" y2=\"13\" stroke=\"var(--db-edge)\"/>",
      "<path d=\"M\(low) 8V18M\(low) 13H\(high)M\(high) 8V18\" fill=\"none\" "
        + "stroke=\"\(color(interval))\" stroke-width=\"2.5\"/>",
    ]
    if let target {
      parts.append(
        "<path d=\"M\(x(target)) 1V25\" stroke=\"var(--db-ink)\" stroke-width=\"2\"/>")
    }
    if trials > 0 {
      let point = x(Double(passes) / Double(trials))
      parts.append("<circle cx=\"\(point)\" cy=\"13\" r=\"5\" fill=\"\(color(interval))\"/>")
    }
    return "<svg viewBox=\"0 0 260 26\" role=\"img\" aria-label=\"\(name(interval))\">"
      + parts.joined() + "</svg>"
  }

  private func name(_ interval: Interval) -> String {
    let bounds = "\(Format.percent(interval.lower)) to \(Format.percent(interval.upper))"
    return figures + ", " + bounds + (target.map { ", target \(Format.percent($0))" } ?? "")
  }

  /// As far as this interval tells; the verdict of a run is corrected for the number of behaviors.
  private func color(_ interval: Interval) -> String {
    guard let target, trials > 0 else { return "var(--db-muted)" }
    if interval.lower >= target { return "var(--db-good)" }
    return interval.upper < target ? "var(--db-bad)" : "var(--db-open)"
  }

  /// Rates from 0 to 1 between pixels 10 and 250, to a tenth.
  private func x(_ rate: Double) -> Double {
    ((10 + min(max(rate, 0), 1) * 240) * 10).rounded() / 10
  }
}
