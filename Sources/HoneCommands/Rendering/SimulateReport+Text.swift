import Foundation
import Reports
import Suites
import Tuning

extension SimulateReport {
  func lines(_ terminal: Terminal) -> [String] {
    var lines = [
      "\(Format.count(runs, "simulated run")) of up to \(Format.count(rounds, "round")), seed "
        + "\(seed), " + (ladder == [.head] ? "" : "ladder \(Format.list(ladder.map(\.rawValue))), ")
        + (sealed == .fresh
          ? "fresh sealed examples for each attempt" : "one sealed pool for all attempts"),
      "",
    ]
    lines += table(terminal) + [""]
    let hopeless = behaviors.filter { $0.power == nil }.map(\.behavior.harmless)
    if !hopeless.isEmpty {
      lines += [
        terminal.styled("No run can certify: ", .red)
          + "not even a clean sheet shows \(Format.list(hopeless)). `hone plan` names the ways out."
      ]
      return lines
    }
    lines += verdict(terminal) + [""] + spread(terminal) + [""] + picture(terminal)
    return lines
  }

  private func table(_ terminal: Terminal) -> [String] {
    var table = TextTable(
      header: ["behavior", "target", "truth", "dev", "sealed", "power", ""],
      alignments: [.left, .right, .left, .right, .right, .right, .left])
    for row in behaviors {
      let last = row.last
      let truth =
        [Self.path(row.truth, terminal)]
        + row.rungs.map { "\($0.rung.rawValue) \(Self.path($0.rates, terminal))" }
      table.add([
        row.behavior.harmless, Format.target(row.target), truth.joined(separator: ", "),
        "\(row.devUnits)",
        row.freshUnits.map { "\(row.sealedUnits) of \($0)" } ?? "\(row.sealedUnits)",
        row.power.map(Format.chance) ?? "none",
        last > row.target ? "" : last == row.target ? "at its target" : "below its target",
      ])
    }
    var lines = table.lines()
    lines[0] = terminal.styled(lines[0], .bold)
    return lines
  }

  /// For example `0.70 → 0.80 → 0.90`; of a long path, its ends.
  private static func path(_ rates: [Double], _ terminal: Terminal) -> String {
    let arrow = terminal.usesUnicode ? " → " : " > "
    let texts = rates.map(Format.target)
    guard texts.count > 5 else { return texts.joined(separator: arrow) }
    return (texts.prefix(3) + [terminal.usesUnicode ? "…" : "..."] + texts.suffix(1))
      .joined(separator: arrow)
  }

  // MARK: - What came of it

  private func verdict(_ terminal: Terminal) -> [String] {
    var lines = [
      terminal.styled("Certified", .bold) + ": \(certified.text(of: "run"))",
      terminal.styled("Falsely", .bold) + ":   \(falseCertificates.text(of: "run"))",
    ]
    let (never, always) = (behaviors.filter(\.isNeverAbove), behaviors.allSatisfy(\.isAlwaysAbove))
    if always {
      lines.append("Every certificate is true here: all behaviors are above their targets.")
    } else {
      lines.append(
        never.isEmpty
          ? "A certificate is false here for checkpoints with a behavior not above its target."
          : "Every certificate is false here: "
            + Format.list(never.map { "\($0.behavior.harmless) is not above its target" }) + ".")
      lines.append(
        (keepsPromise
          ? terminal.styled("The promise holds", .green)
          : terminal.styled("The promise is broken", .red))
          + ": false in at most \(Format.percent(promised)), which so many runs show as at most "
          + "\(Format.percent(tolerated)) (3 sigma).")
    }
    if let climb { lines.append(climb) }
    guard let plannedPower, let measuredPower else {
      lines.append("No attempt was made: on dev none looked worth its share of the error budget.")
      return lines
    }
    lines.append(
      "First attempts: planned to pass in \(Format.percent(plannedPower)); passed: "
        + measuredPower.text(of: "attempt") + ".")
    if correlation > 0 && behaviors.count > 1 {
      lines.append("The plan takes behaviors as independent; here they are not.")
    }
    return lines
  }

  /// For example `Dearest rung: head in 12.0 % of runs, lora in 88.0 %.`
  private var climb: String? {
    guard let climbedTo else { return nil }
    let shares = ladder.compactMap { rung in
      climbedTo[rung.rawValue].map {
        "\(rung.rawValue) in \(Format.percent(Double($0) / Double(runs)))"
      }
    }
    guard let first = shares.first else { return nil }
    return "Dearest rung: " + ([first + " of runs"] + shares.dropFirst()).joined(separator: ", ")
      + "."
  }

  private func spread(_ terminal: Terminal) -> [String] {
    var table = TextTable(
      header: ["each run", "mean", "10 %", "median", "90 %", "most"],
      alignments: [.left, .right, .right, .right, .right, .right])
    let rows = [
      ("rounds", roundsUsed), ("attempts", attempts), ("model calls, sealed", sealedModelCalls),
      ("model calls, dev", devModelCalls),
    ]
    for (name, spread) in rows {
      table.add(
        [name, String(format: "%.1f", spread.mean)]
          + [spread.tenth, spread.median, spread.ninetieth, spread.most].map {
            String(format: "%.0f", $0)
          })
    }
    var lines = table.lines()
    lines[0] = terminal.styled(lines[0], .bold)
    return lines
  }

  private func picture(_ terminal: Terminal) -> [String] {
    let chart = ShareChart(
      counts: certifiedByRound, wrong: falseByRound, of: runs,
      width: min(60, max(20, terminal.width - 24)), unicode: terminal.usesUnicode)
    let mark = terminal.usesUnicode ? "▒" : "x"
    return [
      terminal.styled("Certified by round", .bold)
        + (falseCertificates.count > 0 ? " (\(mark) falsely)" : "")
    ] + chart.lines()
  }
}
