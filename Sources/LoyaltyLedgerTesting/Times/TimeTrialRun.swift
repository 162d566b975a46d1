internal import LogStorage
internal import LoyaltyDomain
internal import LoyaltyLedger
internal import SystemPackage

/// One run of a trial about the past, on a ledger in memory.
struct TimeTrialRun {
    private static let path = "/trial"

    private let disk = MemoryDisk()
    private let trial: RuleTrial
    private var ledger: Ledger
    private var random: SeededRandom
    private var definedAt: [RuleVersion: Timestamp] = [:]
    /// What the running ledger said, by the recorded time after which it was asked.
    private var told: [Timestamp: (cards: [CardProfile], totals: [TotalsEntry])] = [:]
    private var found: [String] = []

    init(_ trial: RuleTrial) async throws {
        self.trial = trial
        random = SeededRandom(seed: trial.seed &* 31)
        let first = try known(trial.programs.first, "no program")
        ledger = try await Ledger.create(
            at: Self.path,
            program: first,
            clock: .manual,
            options: Self.options(.readWrite, disk)
        )
        for (number, program) in trial.programs.enumerated().dropFirst() {
            let id = CommandID.opaque(high: 3, low: UInt64(number))
            _ = try await ledger.define(program, id: id, recordedAt: .epoch)
        }
    }

    private static func options(_ access: LedgerOptions.Access, _ disk: MemoryDisk) -> LedgerOptions {
        LedgerOptions(
            access: access,
            storage: disk,
            segmentCapacity: 64 << 10,
            snapshots: SnapshotPolicy(eventsBeforeClose: 1, eventsWhileRunning: 40)
        )
    }

    /// What does not hold.
    mutating func problems(questions: Int) async throws -> [String] {
        try await recordAll()
        let list = try await EventList(ledger, definedAt: definedAt)
        let points = (0..<questions).map { _ in list.point(using: &random) }
        try await compareWithTold()
        for point in points { try await compare(list, point) }
        try await ledger.close()
        // Any of the derived files are gone: it costs time and no answer.
        for _ in 0..<2 {
            try removeDerivedFiles()
            ledger = try await Ledger.open(at: Self.path, options: Self.options(.readOnly, disk))
            for point in points.prefix(max(questions / 3, 1)) { try await compare(list, point) }
            try await compareWithTold()
        }
        return found
    }

    private mutating func recordAll() async throws {
        for (number, step) in trial.steps.enumerated() {
            let before = ledger.summary.events
            switch step {
            case .command(let request): _ = try await ledger.execute([request])
            case .rules(let program, let instant):
                let id = CommandID.opaque(high: 5, low: UInt64(number))
                definedAt[try await ledger.define(program, id: id, recordedAt: instant)] = instant
            case .sweep(let instant): _ = try await ledger.sweep(at: instant, recordedAt: instant)
            }
            guard ledger.summary.events > before else { continue }
            let newest = step.recordedAt
            // Asked once more where the next command has the same recorded time.
            if told[newest] != nil || random.once(in: 25) { told[newest] = (ledger.cards, ledger.totals) }
        }
    }

    private mutating func removeDerivedFiles() throws {
        for directory in ["\(Self.path)/snapshots", "\(Self.path)/log"] {
            for name in try disk.list(FilePath(directory)).sorted() {
                guard name.hasSuffix(".snapshot") || name.hasSuffix(".cards"), random.once(in: 2) else { continue }
                try disk.remove(FilePath(directory).appending(name))
            }
        }
    }

    /// As known at an instant is what the running ledger said then.
    private mutating func compareWithTold() async throws {
        for (instant, answers) in told.sorted(by: { $0.key < $1.key }) {
            let cards = try await ledger.cards(asOf: .known(at: instant))
            if cards != answers.cards {
                found.append("known at \(instant.milliseconds): other cards than it said then")
            }
            let totals = try await ledger.totals(asOf: .known(at: instant))
            if totals != answers.totals {
                found.append("known at \(instant.milliseconds): other totals than it said then")
            }
        }
    }

    private mutating func compare(_ list: EventList, _ point: PointInTime) async throws {
        let expected = list.cards(asOf: point)
        let cards = try await ledger.cards(asOf: point)
        func complain(_ what: String) { found.append("\(point): \(what)") }
        let states = Dictionary(uniqueKeysWithValues: cards.map { ($0.card, $0.state) })
        if states != expected { complain("cards \(states) and not \(expected)") }
        if cards.map(\.card) != cards.map(\.card).sorted(by: { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }) {
            complain("cards out of order")
        }
        for card in cards where list.rules(of: card.state.program, asOf: point) != card.program {
            complain("other rules beside \(card.card.text)")
        }
        for card in Set(list.entries.map(\.card)).sorted(by: { $0.text < $1.text }) {
            let alone = try await ledger.card(card, asOf: point)
            if alone != cards.first(where: { $0.card == card }) {
                complain("\(card.text) alone is not that of the list")
            }
            let history = try await ledger.history(of: card, asOf: point) ?? []
            if history.map(\.event) != list.events(of: card, asOf: point) { complain("the history of \(card.text)") }
            if let last = history.last, let state = expected[card], last.stateAfter != state {
                complain("the history of \(card.text) adds up to something else")
            }
        }
        try await compareReports(expected, point)
    }

    private mutating func compareReports(_ expected: [CardID: CardState], _ point: PointInTime) async throws {
        func complain(_ what: String) { found.append("\(point): \(what)") }
        let states = expected.sorted { $0.key.text.utf8.lexicographicallyPrecedes($1.key.text.utf8) }.map(\.value)
        for (number, entry) in try await ledger.totals(asOf: point).enumerated() {
            let own = states.filter { Int($0.program.rawValue) == number }
            let totals = entry.totals
            let value = own.reduce(MinorUnits.zero) { $0 + $1.lifetimeValue }
            let balance = own.reduce(Int64(0)) { $0 + Int64($1.balance.rawValue) }
            let visits = own.reduce(0) { $0 + Int($1.visits.rawValue) }
            if totals.cards != own.count || totals.lifetimeValue != value || totals.balance != balance
                || totals.transactions != visits
            {
                complain("the totals of \(entry.program.id.text)")
            }
        }
        let balances = states.reduce(Int64(0)) { $0 + max(Int64($1.balance.rawValue), 0) }
        let owed = try await ledger.liabilities(asOf: point).filter { $0.liability.kind == .balance }
        if owed.reduce(0, { $0 + $1.liability.bands.total }) != balances { complain("what is owed") }
        let rfm = try await ledger.rfm(asOf: point, scheme: .visitsGrid)
            .sorted { $0.card.text.utf8.lexicographicallyPrecedes($1.card.text.utf8) }
        if rfm.map(\.row.frequency) != states.map({ Int64($0.visits.rawValue) }).map(Int.init)
            || rfm.map(\.row.monetary) != states.map(\.lifetimeValue)
        {
            complain("the segments")
        }
    }
}

extension RuleTrial.Step {
    fileprivate var recordedAt: Timestamp {
        switch self {
        case .command(let request): request.recordedAt ?? .epoch
        case .rules(_, let instant), .sweep(let instant): instant
        }
    }
}
