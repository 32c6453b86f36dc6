import Statistics

/// Many independent runs of one simulated world.
public struct SimulatedStudy: Sendable {
  public var world: SimulatedWorld
  public var runs: Int
  /// Candidates of each run at most.
  public var rounds: Int
  public var seed: UInt64

  public init(world: SimulatedWorld, runs: Int, rounds: Int, seed: UInt64) {
    self.world = world
    self.runs = runs
    self.rounds = rounds
    self.seed = seed
  }

  /// Runs them all, on several threads.
  ///
  /// Each run has random numbers of its own, by its index: the same seed gives the same results on
  /// any number of threads.
  ///
  /// - Parameter onProgress: Called with the number of runs done, in rising order.
  /// - Returns: In order of index.
  /// - Throws: `CancellationError` when cancelled.
  public func results(
    threads: Int, onProgress: (Int) -> Void = { _ in }
  ) async throws -> [SimulatedRun.Result] {
    try await Self.repeating(runs, threads: threads, onProgress: onProgress) { index in
      var run = SimulatedRun(world, seed: Self.seed(ofRun: index, seed: seed))
      return run.run(rounds: rounds)
    }
  }

  /// Where the random numbers of one run start.
  package static func seed(ofRun index: Int, seed: UInt64) -> UInt64 {
    var generator = SeededGenerator(seed: seed, stream: "simulated run \(index)")
    return generator.next()
  }

  /// Calls a function for each index below `count`, on several threads; results in order of index.
  package static func repeating<Value: Sendable>(
    _ count: Int, threads: Int, onProgress: (Int) -> Void = { _ in },
    _ body: @escaping @Sendable (Int) -> Value
  ) async throws -> [Value] {
    // Small enough for a lively progress line, large enough to cost nothing.
    let size = max(1, min(20, count / (4 * max(1, threads))))
    let starts = Array(stride(from: 0, to: count, by: size))
    var chunks = [[Value]](repeating: [], count: starts.count)
    try await withThrowingTaskGroup(of: (Int, [Value]).self) { group in
      var next = 0
      func add() {
        guard next < starts.count else { return }
        let chunk = next
        let indices = starts[chunk]..<min(count, starts[chunk] + size)
        next += 1
        group.addTask {
          var values: [Value] = []
          for index in indices {
            try Task.checkCancellation()
            values.append(body(index))
          }
          return (chunk, values)
        }
      }
      for _ in 0..<max(1, threads) { add() }
      var done = 0
      while let (chunk, values) = try await group.next() {
        chunks[chunk] = values
        done += values.count
        onProgress(done)
        add()
      }
    }
    return chunks.flatMap { $0 }
  }
}
