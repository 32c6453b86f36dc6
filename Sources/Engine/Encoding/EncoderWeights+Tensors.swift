extension EncoderWeights {
  /// The tensors of a Hugging Face checkpoint, without a prefix, in a fixed order.
  func tensors(_ configuration: EncoderConfiguration) -> [SafetensorsFile.Tensor] {
    let width = configuration.hiddenSize
    let names = configuration.architecture.embeddingNames
    func table(_ module: String, _ values: [Float]) -> SafetensorsFile.Tensor {
      ("\(module).weight", [values.count / width, width], values)
    }
    var tensors = [
      table(names.words, words), table(names.positions, reservedPositions + positions),
    ]
    if let name = names.types { tensors.append(table(name, types)) }
    tensors += embeddingNorm.tensors(names.norm)
    for (index, layer) in layers.enumerated() {
      let names = configuration.architecture.names(layer: index)
      for (module, linear) in zip(
        [names.query, names.key, names.value], layer.queryKeyValue.thirds)
      {
        tensors += linear.tensors(module)
      }
      tensors += layer.attentionOutput.tensors(names.attentionOutput)
      tensors += layer.attentionNorm.tensors(names.attentionNorm)
      tensors += layer.intermediate.tensors(names.intermediate)
      tensors += layer.output.tensors(names.output)
      tensors += layer.outputNorm.tensors(names.outputNorm)
    }
    return tensors
  }
}

extension EncoderWeights.Norm {
  fileprivate func tensors(_ module: String) -> [SafetensorsFile.Tensor] {
    [("\(module).weight", [weight.count], weight), ("\(module).bias", [offset.count], offset)]
  }
}

extension EncoderWeights.Linear {
  fileprivate func tensors(_ module: String) -> [SafetensorsFile.Tensor] {
    [
      ("\(module).weight", [bias.count, weight.count / bias.count], weight),
      ("\(module).bias", [bias.count], bias),
    ]
  }

  /// The three layers that stand one above another in a fused one.
  fileprivate var thirds: [EncoderWeights.Linear] {
    let (long, short) = (weight.count / 3, bias.count / 3)
    return (0..<3).map { index in
      EncoderWeights.Linear(
        weight: Array(weight[index * long..<(index + 1) * long]),
        bias: Array(bias[index * short..<(index + 1) * short]))
    }
  }
}
