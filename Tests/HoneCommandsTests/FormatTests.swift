import HoneCommands
import Reports
import Testing

@Suite("Numbers as they are printed")
struct FormatTests {
  @Test(
    "Targets have a third decimal only where it is not 0",
    arguments: [
      (0.58, "0.58"), (0.29, "0.29"), (0.55, "0.55"), (0.9, "0.90"), (0.995, "0.995"),
      (0.9667, "0.967"), (0.9999, "0.9999"), (0.0001, "0.0001"), (1, "1.00"),
    ] as [(Double, String)])
  func target(value: Double, text: String) {
    #expect(Format.target(value) == text)
  }

  @Test("Every whole hundredth is printed with two decimals")
  func hundredths() {
    for hundredth in 1...99 {
      #expect(Format.target(Double(hundredth) / 100).count == 4)
    }
  }

  @Test(
    "Nothing below certainty is printed as certain, nor above 0 as nothing",
    arguments: [
      (0.95, "95.0 %"), (0.9999, "99.99 %"), (0.99999, "99.999 %"), (0.9996, "99.96 %"),
      (1, "100.0 %"), (0, "0.0 %"), (0.0004, "0.04 %"), (1e-12, "0.000001 %"),
      (1 - 1e-12, "99.999999 %"), (-0.02, "-2.0 %"),
    ] as [(Double, String)])
  func percent(rate: Double, text: String) {
    #expect(Format.percent(rate) == text)
  }
}
