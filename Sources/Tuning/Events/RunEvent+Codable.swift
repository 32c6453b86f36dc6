/// On disk an event is one flat object: its name under `event`, and its payload under the same
/// name where it has one.
extension RunEvent: Codable {
  private enum Key: String, CodingKey {
    case event, started, measured, proposed, tuned, untuned, accepted, rejected, attemptBegun
    case passed, finished
  }

  private enum Name: String, Codable {
    case started, measured, proposed, tuned, untuned, accepted, rejected, attemptBegun
    case attemptConcluded, timeUp, finished
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    switch try container.decode(Name.self, forKey: .event) {
    case .started: self = .started(try container.decode(RunHeader.self, forKey: .started))
    case .measured: self = .measured(try container.decode(Measurement.self, forKey: .measured))
    case .proposed: self = .proposed(try container.decode(TuningPlan.self, forKey: .proposed))
    case .tuned: self = .tuned(try container.decode(TunedCheckpoint.self, forKey: .tuned))
    case .untuned: self = .untuned(try container.decode(TuningFailure.self, forKey: .untuned))
    case .accepted: self = .accepted(try container.decode(Decision.self, forKey: .accepted))
    case .rejected: self = .rejected(try container.decode(Decision.self, forKey: .rejected))
    case .attemptBegun:
      self = .attemptBegun(try container.decode(AttemptRecord.self, forKey: .attemptBegun))
    case .attemptConcluded:
      self = .attemptConcluded(passed: try container.decode(Bool.self, forKey: .passed))
    case .timeUp: self = .timeUp
    case .finished: self = .finished(try container.decode(Outcome.self, forKey: .finished))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    func put(_ name: Name, _ payload: some Encodable, _ key: Key) throws {
      try container.encode(name, forKey: .event)
      try container.encode(payload, forKey: key)
    }
    switch self {
    case .started(let header): try put(.started, header, .started)
    case .measured(let measurement): try put(.measured, measurement, .measured)
    case .proposed(let plan): try put(.proposed, plan, .proposed)
    case .tuned(let tuned): try put(.tuned, tuned, .tuned)
    case .untuned(let failure): try put(.untuned, failure, .untuned)
    case .accepted(let decision): try put(.accepted, decision, .accepted)
    case .rejected(let decision): try put(.rejected, decision, .rejected)
    case .attemptBegun(let attempt): try put(.attemptBegun, attempt, .attemptBegun)
    case .attemptConcluded(let passed): try put(.attemptConcluded, passed, .passed)
    case .timeUp: try container.encode(Name.timeUp, forKey: .event)
    case .finished(let outcome): try put(.finished, outcome, .finished)
    }
  }
}

extension RunEvent {
  /// Its name in the event stream, e.g. `attemptBegun`.
  package var kind: String {
    switch self {
    case .started: Name.started.rawValue
    case .measured: Name.measured.rawValue
    case .proposed: Name.proposed.rawValue
    case .tuned: Name.tuned.rawValue
    case .untuned: Name.untuned.rawValue
    case .accepted: Name.accepted.rawValue
    case .rejected: Name.rejected.rawValue
    case .attemptBegun: Name.attemptBegun.rawValue
    case .attemptConcluded: Name.attemptConcluded.rawValue
    case .timeUp: Name.timeUp.rawValue
    case .finished: Name.finished.rawValue
    }
  }
}
