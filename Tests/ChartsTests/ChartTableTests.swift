import Charts
import Testing

@Suite("The tables behind pictures")
struct ChartTableTests {
  @Test("A table has the numbers of its chart, a row for each x")
  func chart() {
    #expect(
      Examples.reliability.table
        == ChartTable(
          header: ["stated", "as stated", "dev"],
          rows: [
            ["0 %", "0.0 %", ""], ["50.0 %", "", "40.0 % (30.0 % to 50.0 %)"],
            ["90.0 %", "", "80.0 % (70.0 % to 90.0 %)"], ["100 %", "100.0 %", ""],
          ]))
    let table = Examples.rounds(["a", "b"]).table
    #expect(table.header == ["round", "a", "b", "target", "hope"])
    #expect(table.rows.count == 4)
    #expect(
      table.rows[3] == [
        "3", "80.0 % (70.0 % to 90.0 %)", "81.0 % (71.0 % to 91.0 %)", "90.0 %", "92.0 %",
      ])
  }

  @Test("Values are written as the axis is labeled, ticks by their labels")
  func format() {
    let chart = Chart(
      title: "t", description: "d",
      x: Axis(title: "x", domain: 0...1, ticks: [.init(0, "base"), .init(1, "first")]),
      y: Axis(title: "y", domain: 0...1, step: 0.5, label: Axis.percent),
      series: [
        Series("s", .line, [.init(x: 1, y: 0.123), .init(x: 0, y: 0.5), .init(x: 1, y: 1)])
      ])
    // Two points at one x stand in the order in which they were given.
    #expect(
      chart.table.rows == [["base", "50.0 %"], ["first", "12.3 %"], ["first", "100.0 %"]])
  }

  @Test("No points give no rows; what is no number is a dash")
  func degenerate() {
    var chart = Examples.rounds([])
    #expect(chart.table == ChartTable(header: ["round", "target", "hope"], rows: []))
    chart.series = [Series("s", .dots, [.init(x: 1, y: .nan), .init(x: .nan, y: 1)])]
    #expect(chart.table.rows == [["1", "– %", "90.0 %", "92.0 %"]])
  }

  @Test("The table of a heat map has all labels whole, and is a full rectangle")
  func heatMap() {
    var map = Examples.confusion(["a", "b"])
    map.rows = ["a", Examples.hostile]
    map.cells = [[.init(value: 1, label: "12")]]
    #expect(
      map.table
        == ChartTable(
          header: ["expected / replied", "a", "b"],
          rows: [["a", "12", ""], [Examples.hostile, "", ""]]))
  }
}
