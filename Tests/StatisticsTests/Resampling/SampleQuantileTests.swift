import Statistics
import Testing

@Suite("Sample quantile")
struct SampleQuantileTests {
  @Test("The ends are the smallest and the largest, and one value is every quantile")
  func ends() throws {
    let values = [3.0, -1, 10, 7]
    #expect(try sampleQuantile(0, of: values) == -1)
    #expect(try sampleQuantile(1, of: values) == 10)
    #expect(try sampleQuantile(0.5, of: values) == 5)
    for p in [0, 0.3, 1] { #expect(try sampleQuantile(p, of: [4]) == 4) }
    let largest = Double.greatestFiniteMagnitude
    #expect(try sampleQuantile(0.5, of: [-largest, largest]) == 0)
  }

  @Test("Never falls as p grows")
  func monotone() throws {
    let values = [0.1, 0.1, 0.2, 0.7, 0.7000001, 3]
    let quantiles = try sampleQuantiles((0...100).map { Double($0) / 100 }, of: values)
    #expect(quantiles == quantiles.sorted())
  }

  @Test("What is wrong is named")
  func errors() {
    #expect(throws: StatisticsError.tooFew(argument: "values", count: 0, minimum: 1)) {
      try sampleQuantile(0.5, of: [])
    }
    #expect(throws: StatisticsError.notFinite(argument: "values", index: 1)) {
      try sampleQuantile(0.5, of: [1, .nan])
    }
  }
}
