extension TrainableEncoder {
  /// Puts the adapters on that `weights` has.
  func adapt(_ weights: LowRankWeights) {
    let settings = weights.settings
    for (layer, parts) in zip(layers, weights.layers) {
      for target in LowRankSettings.Target.allCases {
        guard let matrices = parts[target] else { continue }
        let linear = layer.linear(of: target)
        let part = configuration.outputs(of: target)
        linear.adapters.append(
          LowRankAdapter(
            "\(linear.name).\(target.rawValue)", down: matrices.down, up: matrices.up, part: part,
            rank: settings.rank, scale: settings.scale, dropout: Float(settings.dropout),
            capacity: Self.capacity))
      }
    }
  }

  /// Gives each adapter a dropout of its own for the next pass.
  func renewDropout(seed: UInt64, step: Int) {
    var stream = SplitMix64(state: seed &+ 0xd1b5_4a32_d192_ed03 &* UInt64(step + 1))
    for layer in layers {
      for linear in layer.linears {
        for adapter in linear.adapters { adapter.seed = stream.next() }
      }
    }
  }

  /// The adapters, filled with what is read of their matrices.
  func lowRankWeights(
    _ settings: LowRankSettings, _ read: (Parameter) -> [Float] = { $0.values.values }
  ) -> LowRankWeights {
    LowRankWeights(
      settings: settings,
      layers: layers.map { layer in
        var parts: [LowRankSettings.Target: LowRankWeights.Matrices] = [:]
        for target in settings.targets {
          let linear = layer.linear(of: target)
          let part = configuration.outputs(of: target)
          guard let adapter = linear.adapters.first(where: { $0.part == part }) else { continue }
          parts[target] = LowRankWeights.Matrices(
            down: read(adapter.down), up: read(adapter.up))
        }
        return parts
      })
  }
}

extension TransformerLayer {
  /// The layer that a target is part of.
  fileprivate func linear(of target: LowRankSettings.Target) -> LinearLayer {
    switch target {
    case .query, .key, .value: queryKeyValue
    case .attentionOutput: attentionOutput
    case .intermediate: intermediate
    case .output: output
    }
  }
}
