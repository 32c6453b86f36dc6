/// What `tuning` says of the rungs that change the encoder.
extension SettingsReader {
  mutating func readAdapters(_ value: SourceValue) -> [SuiteError] {
    var table = TableReader(
      value, file: Self.file, name: "lora",
      known: ["rank", "alpha", "dropout", "targets", "learning_rates"])
    if let rank: Int = table.integer(
      "rank", expected: "a whole number from 1 to 1024, such as 8", in: 1...1024)
    {
      settings.tuning.lora.rank = rank
    }
    if let alpha = table.number(
      "alpha", expected: "a number above 0, such as 16", where: { $0 > 0 })
    {
      settings.tuning.lora.alpha = alpha
    }
    if let dropout = table.number(
      "dropout", expected: "a share from 0 to below 1, such as 0.05",
      where: { (0..<1).contains($0) })
    {
      settings.tuning.lora.dropout = dropout
    }
    if let targets = table.adapterTargets() { settings.tuning.lora.targets = targets }
    settings.tuning.lora.learningRates = table.learningRates()
    return table.errors
  }

  mutating func readFineTuning(_ value: SourceValue) -> [SuiteError] {
    var table = TableReader(
      value, file: Self.file, name: "fine_tuning", known: ["batch", "epochs"])
    if let batch: Int = table.integer(
      "batch", expected: "a whole number of texts from 1 to 4096, such as 32", in: 1...4096)
    {
      settings.tuning.fineTuning.batch = batch
    }
    if let epochs: Int = table.integer(
      "epochs", expected: "a whole number from 1 to 1000, such as 8", in: 1...1000)
    {
      settings.tuning.fineTuning.epochs = epochs
    }
    return table.errors
  }
}

extension TableReader {
  /// `learning_rates`, as listed and without repeats; empty where nothing is said.
  mutating func learningRates() -> [Double] {
    let (key, expected) = ("learning_rates", "a list of numbers above 0, such as [0.001, 0.0003]")
    var rates: [Double] = []
    for item in items(key, expected: expected) ?? [] {
      guard let text = item.scalar?.trimmed else {
        refuse(.wrongType(key: key, expected: expected, found: item.kind), at: item.place)
        continue
      }
      guard let rate = Self.decimal(text), rate > 0 else {
        refuse(.outOfRange(key: key, found: text, expected: expected), at: item.place)
        continue
      }
      if !rates.contains(rate) { rates.append(rate) }
    }
    return rates
  }

  /// `targets`: `all-linear`, or a list of layers.
  mutating func adapterTargets() -> [AdapterTarget]? {
    let known = AdapterTarget.allCases.map(\.rawValue)
    if value("targets")?.scalar?.trimmed == AdapterTarget.allLinear {
      return AdapterTarget.allCases
    }
    let expected = "\(AdapterTarget.allLinear), or a list of \(list(known, none: ""))"
    guard let items = items("targets", expected: expected) else { return nil }
    var targets: Set<AdapterTarget> = []
    for item in items {
      let name = item.scalar?.trimmed
      if let target = name.flatMap(AdapterTarget.init) {
        targets.insert(target)
      } else if let name {
        refuse(.unknownValue(key: "target", found: name, known: known), at: item.place)
      } else {
        refuse(.wrongType(key: "targets", expected: expected, found: item.kind), at: item.place)
      }
    }
    return AdapterTarget.allCases.filter(targets.contains)
  }

  /// A list with something in it.
  private mutating func items(_ key: String, expected: String) -> [SourceValue]? {
    guard let entry = entry(key) else { return nil }
    guard !entry.value.isNothing else {
      refuse(.emptyValue(key: key), at: entry.place)
      return nil
    }
    guard case .list(let items) = entry.value.content else {
      refuse(
        .wrongType(key: key, expected: expected, found: entry.value.kind), at: entry.value.place)
      return nil
    }
    if items.isEmpty { refuse(.emptyValue(key: key), at: entry.value.place) }
    return items.isEmpty ? nil : items
  }
}
