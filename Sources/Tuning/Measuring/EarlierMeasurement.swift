/// What an earlier run of an archive measured of a checkpoint.
package struct EarlierMeasurement: Sendable, Hashable {
  package var run: Int
  /// The event of that run that it is.
  package var event: Int
  /// Content hash of the suite that it was measured on.
  package var suite: String
  package var measurement: Measurement

  package init(run: Int, event: Int, suite: String, measurement: Measurement) {
    self.run = run
    self.event = event
    self.suite = suite
    self.measurement = measurement
  }
}
