extension TuningLoop {
  /// What the driver shall do next. Doing it yields one event, which goes back to the loop.
  public enum Action: Sendable, Hashable {
    /// Grade the checkpoint on `dev`; yields `.measured`.
    case measure(Checkpoint)
    /// Announce the plan; yields `.proposed`.
    case propose(TuningPlan)
    /// Tune the champion; yields `.tuned`, `.untuned` where no candidate came of it, or `.timeUp`
    /// where no time is left.
    case tune(champion: Checkpoint, plan: TuningPlan)
    case accept(Decision)
    case reject(Decision)
    /// Charge an attempt to the ledger, on disk; yields `.attemptBegun`.
    case beginAttempt(Checkpoint)
    /// Grade the sealed examples; yields `.attemptConcluded`, one bit.
    case concludeAttempt(AttemptRecord)
    case finish(Outcome)
  }
}
