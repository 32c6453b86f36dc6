public import Foundation

/// Adapters in PEFT's format: `adapter_config.json` beside `adapter_model.safetensors`.
extension LowRankWeights {
  public static let configurationFile = "adapter_config.json"
  public static let weightsFile = "adapter_model.safetensors"
  private static let prefix = "base_model.model."

  /// The tensors by PEFT's names, layer by layer: A is [rank, in], B [out, rank].
  func tensors(_ configuration: EncoderConfiguration) -> [SafetensorsFile.Tensor] {
    layers.enumerated().flatMap { index, parts -> [SafetensorsFile.Tensor] in
      let names = configuration.architecture.names(layer: index)
      return LowRankSettings.Target.allCases.flatMap { target -> [SafetensorsFile.Tensor] in
        guard let matrices = parts[target] else { return [] }
        let module = Self.prefix + names.module(of: target)
        return [
          (
            "\(module).lora_A.weight", [settings.rank, matrices.down.count / settings.rank],
            matrices.down
          ),
          (
            "\(module).lora_B.weight", [matrices.up.count / settings.rank, settings.rank],
            matrices.up
          ),
        ]
      }
    }
  }

  /// Both files; the same adapters give the same bytes.
  ///
  /// - Parameters:
  ///   - encoder: What the adapters are for.
  ///   - base: What `base_model_name_or_path` says.
  public func files(for encoder: SentenceEncoder, base: String) throws -> [String: Data] {
    let names = encoder.configuration.architecture.names(layer: 0)
    let targets = LowRankSettings.Target.allCases.filter(settings.targets.contains).map {
      names.module(of: $0).split(separator: ".").dropFirst(3).joined(separator: ".")
    }
    let configuration: [String: Any] = [
      "peft_type": "LORA", "task_type": "FEATURE_EXTRACTION", "base_model_name_or_path": base,
      "r": settings.rank, "lora_alpha": settings.alpha, "lora_dropout": settings.dropout,
      "use_rslora": settings.isRankStabilized, "target_modules": targets, "bias": "none",
      "fan_in_fan_out": false, "inference_mode": true,
    ]
    let json = try JSONSerialization.data(
      withJSONObject: configuration,
      options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    return [
      Self.configurationFile: json + [UInt8(ascii: "\n")],
      Self.weightsFile: try SafetensorsFile.content(
        tensors(encoder.configuration), metadata: ["format": "pt"]),
    ]
  }

  /// Reads adapters that PEFT or Hone has written.
  ///
  /// - Throws: `EngineError`: `.unsupported` names what of PEFT is not known here.
  public init(folder: URL, for encoder: SentenceEncoder) throws {
    let settingsFile = try JSONFile(
      contentsOf: folder.appendingPathComponent(Self.configurationFile))
    let weights = folder.appendingPathComponent(Self.weightsFile)
    let file = try SafetensorsFile(contentsOf: weights)
    var settings = try Self.settings(settingsFile)
    var expected: Set<String> = []
    let configuration = encoder.configuration
    var found: Set<LowRankSettings.Target> = []
    let layers = try (0..<configuration.layers).map { index in
      let names = configuration.architecture.names(layer: index)
      var parts: [LowRankSettings.Target: Matrices] = [:]
      for target in LowRankSettings.Target.allCases {
        let module = Self.prefix + names.module(of: target)
        let (down, up) = ("\(module).lora_A.weight", "\(module).lora_B.weight")
        guard file.entries[down] != nil || file.entries[up] != nil else { continue }
        let (inputs, outputs) = configuration.shape(of: target)
        parts[target] = Matrices(
          down: try file.floats(down, shape: [settings.rank, inputs]),
          up: try file.floats(up, shape: [outputs, settings.rank]))
        expected.formUnion([down, up])
        found.insert(target)
      }
      return parts
    }
    // An adapter on a layer that has none here would be lost in silence.
    if let stranger = file.entries.keys.sorted().first(where: { !expected.contains($0) }) {
      throw EngineError.unsupported(
        path: weights.path, what: "the tensor '\(stranger)'",
        known: "lora_A and lora_B of the linear layers of the encoder")
    }
    settings.targets = found
    self.init(settings: settings, layers: layers)
  }

  private static func settings(_ file: JSONFile) throws -> LowRankSettings {
    guard file["peft_type"] == .string("LORA") else {
      throw file.unsupported(
        "the adapter \(file["peft_type"]?.summary ?? "of no type")", known: "LORA")
    }
    for key in ["use_dora", "fan_in_fan_out", "lora_bias", "use_qalora"]
    where file[key] == .bool(true) {
      throw file.unsupported(key, known: "adapters without it")
    }
    for key in ["rank_pattern", "alpha_pattern"] where file[key]?.members?.isEmpty == false {
      throw file.unsupported(key, known: "one rank and one alpha for all layers")
    }
    try file.expect("bias", "none")
    guard let rank = file["r"]?.integer, (1...4096).contains(rank),
      let alpha = file["lora_alpha"]?.number, alpha.isFinite, alpha > 0
    else {
      throw file.malformed("r or lora_alpha is missing")
    }
    let dropout = file["lora_dropout"]?.number ?? 0
    return LowRankSettings(
      rank: rank, alpha: alpha, dropout: (0..<1).contains(dropout) ? dropout : 0,
      isRankStabilized: file["use_rslora"]?.bool ?? false)
  }
}

extension EncoderArchitecture.LayerNames {
  func module(of target: LowRankSettings.Target) -> String {
    switch target {
    case .query: query
    case .key: key
    case .value: value
    case .attentionOutput: attentionOutput
    case .intermediate: intermediate
    case .output: output
    }
  }
}

extension SentenceEncoder {
  /// This encoder with adapters merged in.
  public func adapted(by adapters: LowRankWeights, identity: String) -> SentenceEncoder {
    replacing(weights: adapters.merged(into: weights, configuration), identity: identity)
  }
}
