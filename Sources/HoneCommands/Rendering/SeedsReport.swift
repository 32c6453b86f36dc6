import Reports
import Statistics
import Tuning

/// What several seeds of one recipe showed, for people and for programs.
struct SeedsReport: Encodable {
  /// Always `recipe`: nothing here is about one checkpoint.
  var claim = "recipe"
  var role = "dev"
  var seeds: [UInt64]
  var behaviors: [Row]
  /// Of the mean over all units; nil where it cannot be told.
  var split: Split?

  struct Row: Encodable {
    var behavior: String
    var target: Double
    var trials: Int
    var rates: [Double]
    var mean: Double
    var standardDeviation: Double
    var split: Split?
  }

  /// Where the uncertainty of a mean comes from.
  struct Split: Encodable {
    var standardError: Double
    /// Fractions of its square.
    var examples: Double
    var seeds: Double
    var rest: Double

    init?(_ components: CrossedVarianceComponents?) {
      guard let components else { return nil }
      let (items, seeds) = (Double(components.items), Double(components.seeds))
      let parts = [
        components.itemVariance / items, components.seedVariance / seeds,
        components.residualVariance / (items * seeds),
      ]
      let total = parts.reduce(0, +)
      guard total > 0 else { return nil }
      standardError = components.standardError
      (examples, self.seeds, rest) = (parts[0] / total, parts[1] / total, parts[2] / total)
    }
  }

  init(_ study: SeedStudy) {
    seeds = study.seeds
    behaviors = study.behaviors.map {
      Row(
        behavior: $0.behavior, target: $0.target, trials: $0.trials, rates: $0.rates,
        mean: $0.over?.mean ?? 0, standardDeviation: $0.over?.standardDeviation ?? 0,
        split: Split($0.components))
    }
    split = Split(study.components)
  }

  func lines(_ terminal: Terminal) -> [String] {
    var table = TextTable(
      header: ["behavior", "target", "units", "mean", "sd", "lowest", "highest"],
      alignments: [.left, .right, .right, .right, .right, .right, .right])
    for row in behaviors {
      table.add([
        row.behavior.harmless, Format.target(row.target), "\(row.trials)",
        Format.percent(row.mean), Self.points(row.standardDeviation),
        Format.percent(row.rates.min() ?? 0), Format.percent(row.rates.max() ?? 0),
      ])
    }
    var lines = [""] + table.lines()
    lines[1] = terminal.styled(lines[1], .bold)
    lines.append("")
    var told: [String] = []
    told.append(
      "On dev, over \(seeds.count) seeds (\(seeds.first!) to \(seeds.last!)): a claim about the "
        + "recipe, not about a checkpoint. No attempt was made.")
    if let split {
      told.append(
        "Standard error of the mean over all units: \(Self.points(split.standardError)) points; "
          + "\(Format.chance(split.examples)) of its square from examples, "
          + "\(Format.chance(split.seeds)) from seeds, \(Format.chance(split.rest)) from both "
          + "together.")
    } else {
      told.append("Every unit is graded alike under all seeds.")
    }
    if seeds.count < 5 {
      told.append("Fewer than five seeds say little about their spread: take --seeds 5.")
    }
    return lines + told.flatMap { $0.wrapped(to: min(100, max(60, terminal.width))) }
  }

  private static func points(_ rate: Double) -> String {
    TestSentence.points(rate, signed: false)
  }
}
