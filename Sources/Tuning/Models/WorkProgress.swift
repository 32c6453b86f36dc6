/// How far a piece of work is, for those who wait. Never part of the event stream.
public struct WorkProgress: Sendable, Hashable {
  /// What is done, e.g. "embedding", or "tuning lora (learning rate 0.001), epoch 2 of 8".
  public var activity: String
  /// What is counted, e.g. "texts".
  public var unit: String
  public var done: Int
  public var total: Int

  public init(activity: String, unit: String, done: Int, total: Int) {
    self.activity = activity
    self.unit = unit
    self.done = done
    self.total = total
  }
}
