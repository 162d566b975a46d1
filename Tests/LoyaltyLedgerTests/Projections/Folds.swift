import LoyaltyLedger

/// Purchases by local day: the documentation's example.
struct Footfall: Projection {
    let name = "footfall"
    let version: UInt32 = 1
    let initial: [Int32: Int] = [:]

    func evolve(_ days: inout [Int32: Int], _ event: borrowing RecordedEvent) {
        guard case .card(let fact) = event.fact, case .purchaseRecorded = fact.event.event else { return }
        days[fact.moment.occurredOn.daysSince1970, default: 0] += 1
    }
}

/// The next version: purchases and visits.
struct WiderFootfall: Projection {
    let name = "footfall"
    let version: UInt32 = 2
    let initial: [Int32: Int] = [:]

    func evolve(_ days: inout [Int32: Int], _ event: borrowing RecordedEvent) {
        guard case .card(let fact) = event.fact else { return }
        switch fact.event.event {
        case .purchaseRecorded, .visitRecorded: days[fact.moment.occurredOn.daysSince1970, default: 0] += 1
        default: break
        }
    }
}

/// The positions it was given, one behind the other, and how much text lay beside them; stops at one of them on request.
struct Trace: Projection {
    struct State: Hashable, Codable, Sendable {
        var positions: [UInt64] = []
        var textBytes = 0
    }

    struct Refused: Error {}

    var name = "trace"
    var version: UInt32 = 1
    var readsTexts = true
    var stop: UInt64?
    let initial = State()

    func evolve(_ state: inout State, _ event: borrowing RecordedEvent) throws(Refused) {
        if event.position == stop { throw Refused() }
        state.positions.append(event.position)
        if case .card(let fact) = event.fact { state.textBytes += fact.texts.internalNote?.utf8.count ?? 0 }
    }
}

/// Events counted, kept in a form of its own: eight bytes.
struct Counted: Projection {
    struct NotEight: Error {}

    let name = "counted"
    let version: UInt32 = 1
    let initial = Tally()

    struct Tally: Hashable, Sendable {
        var events: UInt64 = 0
    }

    var coding: StateCoding<Tally>? {
        StateCoding(
            encode: { tally in (0..<8).map { UInt8(truncatingIfNeeded: tally.events >> (8 * $0)) } },
            decode: { bytes in
                guard bytes.count == 8 else { throw NotEight() }
                return Tally(events: bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) })
            }
        )
    }

    func evolve(_ tally: inout Tally, _ event: borrowing RecordedEvent) { tally.events += 1 }
}
