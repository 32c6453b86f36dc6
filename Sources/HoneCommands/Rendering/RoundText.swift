import Reports
import Tuning

/// One round in lines of text: what was tried on the way to its candidate.
enum RoundText {
  /// For example
  /// ```
  /// contrastive warm-up: 240 steps
  /// learning rate 0.001: held-out loss 0.612 0.433 [0.401] 0.410, used
  /// learning rate 0.1: held-out loss 2.310, then the loss was not finite at step 40
  /// ```
  /// with a loss for each epoch and the epoch that early stopping settled on in brackets. Nothing of
  /// a head.
  static func trials(of tuned: TunedCheckpoint) -> [String] {
    var lines: [String] = []
    if tuned.contrastiveSteps > 0 {
      lines.append("contrastive warm-up: \(Format.count(tuned.contrastiveSteps, "step"))")
    }
    for (index, trial) in tuned.trials.enumerated() {
      var line = "learning rate \(Format.level(trial.learningRate)): "
      if !trial.heldOutLosses.isEmpty {
        line += "held-out loss " + losses(trial) + (trial.failure == nil ? "" : ", then ")
      }
      line += trial.failure?.harmless ?? ""
      lines.append(line + (index == tuned.chosen ? ", used" : ""))
    }
    return lines
  }

  /// Of many epochs the first, and those around where it settled.
  private static func losses(_ trial: TuningTrial) -> String {
    let settled = trial.epochs - 1
    let all = trial.heldOutLosses.indices
    var shown: [Int] = Array(all)
    if all.count > 8 { shown = [0] + all.filter { $0 > 0 && abs($0 - settled) <= 2 } }
    var texts: [String] = []
    for (place, index) in shown.enumerated() {
      if place > 0, index > shown[place - 1] + 1 { texts.append("…") }
      let loss = Format.loss(trial.heldOutLosses[index])
      texts.append(index == settled ? "[\(loss)]" : loss)
    }
    if let last = shown.last, last < all.count - 1 { texts.append("…") }
    return texts.joined(separator: " ")
  }

  /// What follows `accepted` or `rejected`: nothing of a round that takes no time to speak of.
  static func time(_ duration: Duration?) -> String {
    guard let duration, duration >= .seconds(1) else { return "" }
    return " after \(Format.seconds(duration / .seconds(1)))"
  }
}
