package import Charts

/// A picture of a report: how it is drawn, and the table behind it.
package struct Figure: Sendable {
  /// Unique in a report; the name of its file, without the ending.
  package var name: String
  package var picture: Picture

  package enum Picture: Sendable {
    case chart(Chart)
    case heatMap(HeatMap)
  }

  package func svg(_ theme: Theme) -> String {
    switch picture {
    case .chart(let chart): chart.svg(theme, id: name)
    case .heatMap(let map): map.svg(theme, id: name)
    }
  }

  package var title: String {
    switch picture {
    case .chart(let chart): chart.title
    case .heatMap(let map): map.title
    }
  }

  package var table: ChartTable {
    switch picture {
    case .chart(let chart): chart.table
    case .heatMap(let map): map.table
    }
  }
}

extension RunReport {
  /// All pictures of the report, e.g. to be written as files.
  package var figures: [Figure] {
    roundFigures + [confusionFigure(), calibrationFigure, togetherFigure].compactMap { $0 }
      + behaviors.enumerated().flatMap { figures(of: $1, index: $0) }
  }
}
