import Engine
import Testing

@Suite("Cancelling a fit")
struct FitCancellationTests {
  private static let embeddings = EmbeddingMatrix(
    rows: 4, columns: 2, values: [0, 1, 1, 0, 0.5, 0.4, 0.2, 0.9])

  private static func fit() throws -> FitReport {
    try SoftmaxHead.fit(
      embeddings, labels: [0, 1, 1, 0], weights: [1, 1, 1, 1], labelNames: ["x", "y"], l2: 1e-3,
      tolerance: 1e-9
    ).report
  }

  @Test("Ends before the next pass over the rows")
  func cancelled() async throws {
    #expect(try Self.fit().iterations > 3)
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try Self.fit()
    }
    await #expect(throws: CancellationError.self) { _ = try await task.value }
  }
}
