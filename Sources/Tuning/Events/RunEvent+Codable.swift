/// On disk an event is one flat object: its name under `event`, and its payload under the same
/// name where it has one.
extension RunEvent: Codable {
  private enum Key: String, CodingKey {
    case event, started, measured, proposed, tuned, untuned, accepted, rejected, attemptBegun
    case passed, finished, studied
  }

  private enum Name: String, Codable {
    case started, measured, proposed, tuned, untuned, accepted, rejected, attemptBegun
    case attemptConcluded, timeUp, finished, studied
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
    case .studied: self = .studied(try container.decode(TrainingStudy.self, forKey: .studied))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: .event)
    switch self {
    case .started(let header): try container.encode(header, forKey: .started)
    case .measured(let measurement): try container.encode(measurement, forKey: .measured)
    case .proposed(let plan): try container.encode(plan, forKey: .proposed)
    case .tuned(let tuned): try container.encode(tuned, forKey: .tuned)
    case .untuned(let failure): try container.encode(failure, forKey: .untuned)
    case .accepted(let decision): try container.encode(decision, forKey: .accepted)
    case .rejected(let decision): try container.encode(decision, forKey: .rejected)
    case .attemptBegun(let attempt): try container.encode(attempt, forKey: .attemptBegun)
    case .attemptConcluded(let passed): try container.encode(passed, forKey: .passed)
    case .timeUp: break
    case .finished(let outcome): try container.encode(outcome, forKey: .finished)
    case .studied(let study): try container.encode(study, forKey: .studied)
    }
  }

  /// Its name in the event stream, e.g. `attemptBegun`.
  package var kind: String { name.rawValue }

  private var name: Name {
    switch self {
    case .started: .started
    case .measured: .measured
    case .proposed: .proposed
    case .tuned: .tuned
    case .untuned: .untuned
    case .accepted: .accepted
    case .rejected: .rejected
    case .attemptBegun: .attemptBegun
    case .attemptConcluded: .attemptConcluded
    case .timeUp: .timeUp
    case .finished: .finished
    case .studied: .studied
    }
  }
}
