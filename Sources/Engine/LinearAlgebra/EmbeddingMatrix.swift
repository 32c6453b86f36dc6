/// One embedding per row, row-major Float32.
public struct EmbeddingMatrix: Sendable, Hashable {
  public let rows: Int
  public let columns: Int
  /// Shape [rows, columns].
  public var values: [Float]

  public init(rows: Int, columns: Int, values: [Float]) {
    precondition(values.count == rows * columns, "a matrix's values fill its shape")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  public subscript(row: Int) -> ArraySlice<Float> {
    values[row * columns..<(row + 1) * columns]
  }
}
