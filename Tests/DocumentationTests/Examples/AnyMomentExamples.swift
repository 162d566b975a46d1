import LoyaltyLedger

/// The code of the article "Any moment"; `CatalogTests` compares the two.
enum AnyMomentExamples {
    /// One card on two clocks, and all cards as they were once seen.
    static func cards(
        _ ledger: Ledger,
        _ card: CardID,
        _ tenth: LocalDay,
        _ eleventh: LocalDay,
        _ nine: Timestamp
    ) async throws -> (today: CardProfile?, then: CardProfile?, screen: [CardProfile]) {
        let today = try await ledger.card(card, asOf: .occurred(.endOf(tenth)))
        let then = try await ledger.card(card, asOf: .occurred(.endOf(tenth), knownAt: .endOf(eleventh)))
        let screen = try await ledger.cards(asOf: .known(at: nine))
        return (today, then, screen)
    }

    /// Reports of a point in time.
    static func reports(
        _ ledger: Ledger,
        _ card: CardID,
        _ tenth: LocalDay,
        _ eleventh: LocalDay,
        _ nine: Timestamp
    ) async throws -> [Int] {
        let totals = try await ledger.totals(asOf: .occurred(.endOf(tenth)))
        let owed = try await ledger.liabilities(asOf: .occurred(.endOf(tenth), knownAt: .endOf(eleventh)))
        let entries = try await ledger.history(of: card, asOf: .known(at: nine)) ?? []
        let rules = try await ledger.ruleVersions(asOf: .known(at: nine))
        return [totals.count, owed.count, entries.count, rules.count]
    }

    /// From where the last question began.
    static func start(_ ledger: Ledger) -> UInt64? {
        let start = ledger.snapshotReport.lookedBack?.start
        return start
    }

    /// Everything checked and folded anew.
    static func audit(_ ledger: Ledger) async throws {
        let audit = try await ledger.audit()
        print(audit.isClean, audit.replay?.digest ?? "damaged")
    }
}
