/// What a run tells those who watch, beside its events. Never part of the event stream.
public enum RunProgress: Sendable, Hashable {
  case work(WorkProgress)
  /// Told before the first reply, and after each chunk of them.
  case measuring(MeasurementSoFar)
}
