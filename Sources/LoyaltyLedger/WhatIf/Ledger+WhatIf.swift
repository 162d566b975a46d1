internal import EventLog
internal import Foundation
internal import LogStorage
public import LoyaltyDomain
internal import Projections
internal import SystemPackage

extension Ledger {
    /// Decides every command again under a supposition, in recorded order and with its id and times, and tells what would differ (D6).
    ///
    /// The ledger is only read. The commands go into a second ledger, by the same code; it lies in a temporary directory and is removed
    /// afterwards, or stays where `path` says and can be looked into like any other. Nothing supposed reproduces the ledger: the same digest.
    ///
    /// - Parameters:
    ///   - supposition: What is supposed to be otherwise.
    ///   - path: Where the second ledger is kept; nil where it is not kept.
    ///   - progress: Called now and then with the share done, 0...1.
    /// - Throws: `LedgerError`: `badSupposition` where it names a position or program that is not there, `badProgram` for rules that the
    ///   ledger would not take, and any failure of reading or of the second ledger.
    /// - Complexity: O(events); memory as for the ledger twice.
    public func whatIf(
        _ supposition: Supposition,
        keepingAt path: String? = nil,
        progress: (@Sendable (Double) -> Void)? = nil
    ) async throws -> WhatIfReport {
        let actual = state.copy
        try await offThePool { [makeReader] in
            try LedgerError.reading { try supposition.check(against: actual, makeReader()) }
        }
        let place = path ?? Self.temporaryLedger()
        let unsynced = UnsyncedStorage(base: POSIXStorage())
        let shadow = try await Ledger.create(
            at: place,
            program: try supposition.firstProgram(in: actual),
            clock: .manual,
            options: LedgerOptions(storage: path == nil ? unsynced : options.storage, snapshots: .never)
        )
        let report: Swift.Result<WhatIfReport, any Error>
        do {
            report = .success(try await run(supposition, actual, on: shadow, progress: progress))
        } catch {
            report = .failure(error)
        }
        try? await shadow.close()
        if path == nil { try? await offThePool { try unsynced.removeLedger(FilePath(place)) } }
        return try report.get()
    }

    private func run(
        _ supposition: Supposition,
        _ actual: LedgerState,
        on shadow: Ledger,
        progress: (@Sendable (Double) -> Void)?
    ) async throws -> WhatIfReport {
        let digest = StateDigest(of: actual.cards)
        let start = WhatIfReport(digest: digest, supposedDigest: digest)
        var run = SuppositionRun(supposition, on: shadow, report: start)
        var log = RetoldLog(actual, makeReader: makeReader)
        while !log.isAtEnd {
            let (steps, rest) = try await offThePool { [log] in
                var log = log
                return (try log.steps(), log)
            }
            log = rest
            for step in steps { try await run.take(step) }
            progress?(Double(log.next - 1) / Double(max(actual.position, 1)))
        }
        try await run.finish()
        var report = run.report
        let supposed = shadow.state.copy
        report.supposedDigest = StateDigest(of: supposed.cards)
        report.compare(actual, with: supposed)
        return report
    }

    private static func temporaryLedger() -> String {
        let name = "loyalty-what-if-\(UUID().uuidString)"
        return FilePath(FileManager.default.temporaryDirectory.path).appending(name).string
    }
}

extension Supposition {
    /// The program that the second ledger begins with.
    fileprivate func firstProgram(in state: borrowing LedgerState) throws(LedgerError) -> Program {
        guard let first = state.catalog[RuleVersion(1)]?.program else {
            throw LedgerError(.inconsistent, "the ledger has no program")
        }
        return rules.first { $0.program.id == first.id && $0.from == nil }?.program ?? first
    }

    /// Checks that everything it names is there.
    fileprivate func check(against state: LedgerState, _ reader: LogReader) throws(LedgerError) {
        for rules in rules {
            guard let known = state.catalog.number(of: rules.program.id).flatMap({ state.catalog.program($0) }) else {
                throw LedgerError(.badSupposition, "the ledger has no program \(rules.program.id.text)")
            }
            guard known.currency == rules.program.currency, known.timeZone == rules.program.timeZone else {
                throw LedgerError(.badProgram, "the supposed rules have another currency or time zone")
            }
            if let contradiction = rules.program.firstContradiction { throw LedgerError(.badProgram, contradiction) }
        }
        for position in leftOut.union(changed.keys).sorted() {
            guard position >= 1, position <= state.position else {
                throw LedgerError(.badSupposition, "the ledger ends at position \(state.position)", position: position)
            }
            guard let record = try reader.cardRecord(at: position),
                record.intent(in: state.catalog, program: state.cards[record.card].program) != nil
            else {
                throw LedgerError(
                    .badSupposition,
                    "no command of a card led to the event: it is the ledger's own, or follows from another command",
                    position: position
                )
            }
        }
    }
}

extension Ledger {
    /// The command that led to the event at a position; nil where no command of a card did, or there is no such event.
    ///
    /// - Throws: `LedgerError` where the log cannot be read.
    /// - Complexity: O(one block).
    public func command(at position: UInt64) async throws -> CardCommand? {
        let state = state.copy
        guard position >= 1, position <= state.position else { return nil }
        return try await offThePool { [makeReader] in
            try LedgerError.reading {
                guard let record = try makeReader().cardRecord(at: position) else { return nil }
                let program = state.cards[record.card].program
                guard let action = record.intent(in: state.catalog, program: program) else { return nil }
                return CardCommand(action, on: state.directory.card(record.card), at: record.moment.occurredAt)
            }
        }
    }
}
