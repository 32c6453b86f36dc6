import Charts
import Testing

@Suite("Axes")
struct AxisTests {
  @Test("An axis is labeled at even steps, its end included")
  func steps() {
    let axis = Axis(title: "rate", domain: 0.9...1, step: 0.02, label: Axis.percent)
    #expect(axis.ticks.map(\.label) == ["90 %", "92 %", "94 %", "96 %", "98 %", "100 %"])
    #expect(Axis.hundredths(0.049) == "0.05" && Axis.hundredths(1.2) == "1.20")
    #expect(Axis.hundredths(-0.05) == "-0.05" && Axis.whole(-3) == "-3")
  }

  @Test(
    "Ticks are round values within the domain, as many as may be",
    arguments: [
      (0...1, 6, [0, 0.2, 0.4, 0.6, 0.8, 1]), (0...1, 3, [0, 0.5, 1]), (0...1, 2, [0, 1]),
      (0.5...1, 6, [0.5, 0.6, 0.7, 0.8, 0.9, 1]), (0.83...0.97, 4, [0.85, 0.9, 0.95]),
      (0...730, 5, [0, 200, 400, 600]), (-5...5, 5, [-4, -2, 0, 2, 4]),
      (0...0.0003, 4, [0, 0.0001, 0.0002, 0.0003]), (7...8, 1, [8]), (3...3, 5, [3]),
      (0...1, 0, []), (0...Double.infinity, 5, []),
    ] as [(ClosedRange<Double>, Int, [Double])])
  func ticks(domain: ClosedRange<Double>, count: Int, expected: [Double]) {
    #expect(Axis.ticks(over: domain, atMost: count) == expected)
  }

  @Test("Ticks never leave their domain, nor are more than asked for, whatever its size")
  func anyDomain() {
    for power in stride(from: -290.0, through: 290, by: 20) {
      var scale = 1.0
      for _ in 0..<Int(power.magnitude) { scale = power < 0 ? scale / 10 : scale * 10 }
      for (low, high) in [(-1.0, 1.0), (0.1, 0.3), (0.97, 0.98), (-7, 3000)] {
        let domain = (low * scale)...(high * scale)
        for count in 1...9 {
          let ticks = Axis.ticks(over: domain, atMost: count)
          #expect(!ticks.isEmpty && ticks.count <= count && ticks.allSatisfy(domain.contains))
          #expect(ticks == ticks.sorted())
        }
      }
    }
  }

  @Test("Ticks have the decimals that they need, values those that say them")
  func formats() {
    func labels(_ domain: ClosedRange<Double>, _ format: Axis.Format) -> [String] {
      Axis(title: "", domain: domain, format: format, atMost: 3).ticks.map(\.label)
    }
    #expect(labels(0...1, .percent) == ["0 %", "50 %", "100 %"])
    #expect(labels(0.99...1, .percent) == ["99.0 %", "99.5 %", "100.0 %"])
    #expect(labels(0...1, .number) == ["0.0", "0.5", "1.0"])
    #expect(labels(0...1000, .whole) == ["0", "500", "1000"])

    let percent = Axis.Format.percent
    #expect(percent.text(0.96) == "96.0 %" && percent.text(1) == "100.0 %")
    #expect(percent.text(0.99996) == "99.996 %" && percent.text(0.00001) == "0.001 %")
    let number = Axis.Format.number
    #expect(number.text(0.0304) == "0.0304" && number.text(12.5) == "12.5")
    #expect(number.text(20_000) == "20000" && number.text(0) == "0" && number.text(-1.5) == "-1.5")
    #expect(number.text(.nan) == "–" && Axis.percent(.infinity) == "∞ %")
    #expect(Axis.whole(1e300) == "1e+300")
  }
}
