import EmbeddedModels
import Foundation
import Reports

/// What `hone models list` says, for people and for programs.
struct ModelsReport: Encodable {
  var folder: String
  var models: [StoredModel]

  func lines(_ terminal: Terminal) -> [String] {
    guard !models.isEmpty else {
      return [
        "There is no model in \(folder.harmless). `make setup` in Hone's source folder installs "
          + "minilm; `hone models add FOLDER` adds another one."
      ]
    }
    var table = TextTable(
      header: [
        "model", "architecture", "layers", "hidden", "tokens", "parameters", "size", "identity",
      ],
      alignments: [.left, .left, .right, .right, .right, .right, .right, .left])
    for model in models {
      guard let facts = model.facts else { continue }
      table.add([
        model.name, facts.architecture, "\(facts.layers)", "\(facts.hiddenSize)",
        "\(facts.maximumLength)", Self.scaled(facts.parameters), Self.scaled(model.bytes) + "B",
        Self.short(facts.identity),
      ])
    }
    var lines = models.contains { $0.facts != nil } ? table.lines() : []
    if !lines.isEmpty { lines[0] = terminal.styled(lines[0], .bold) }
    for model in models {
      guard let problem = model.problem else { continue }
      lines.append("\(model.name): " + terminal.styled("broken", .red) + ": \(problem.harmless)")
    }
    return lines + ["", "In \(folder.harmless)"]
  }

  /// `tiny (roberta, 2 layers of 16, 12.1 k parameters, 64.0 kB, identity 0aa12d8990871c90)`
  static func phrase(_ model: StoredModel) -> String {
    let size = scaled(model.bytes) + "B"
    guard let facts = model.facts else { return "\(model.name) (broken, \(size))" }
    return "\(model.name) (\(facts.architecture), \(Format.count(facts.layers, "layer")) of "
      + "\(facts.hiddenSize), \(scaled(facts.parameters)) parameters, \(size), identity "
      + "\(short(facts.identity)))"
  }

  /// As runs print it: 16 digits of the hash.
  private static func short(_ identity: String) -> String {
    String((identity.split(separator: ":").last ?? "").prefix(16))
  }

  /// A number by thousands with one decimal, e.g. `22.6 M`; below a thousand `12 `.
  private static func scaled(_ number: Int) -> String {
    var value = Double(number)
    for unit in ["", "k", "M", "G"] {
      if value < 999.95 || unit == "G" {
        return String(format: unit.isEmpty ? "%.0f " : "%.1f ", value) + unit
      }
      value /= 1000
    }
    return "\(number) "
  }
}
