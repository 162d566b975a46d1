import ArgumentParser
import LoyaltyLedger

/// The ledger a command works on.
struct LedgerArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("The ledger's directory.", valueName: "ledger"))
    var path: String

    /// Opens the ledger for reading, which works while another process writes to it.
    func openForReading() async throws(CommandFailure) -> Ledger {
        try await open(LedgerOptions(access: .readOnly))
    }

    /// The most bytes of histories that a command keeps: what records many rows needs them, anything else none.
    private static let historyBytes = 256 << 20

    /// Opens the ledger to record commands.
    func openForWriting() async throws(CommandFailure) -> Ledger {
        try await open(LedgerOptions(historyBytes: Self.historyBytes))
    }

    private func open(_ options: LedgerOptions) async throws(CommandFailure) -> Ledger {
        var options = options
        let bar = WorkProgress("opening")
        options.progress = { bar.update($0) }
        defer { bar.clear() }
        do {
            return try await Ledger.open(at: path, options: options)
        } catch {
            throw CommandFailure(error, ledger: path)
        }
    }

    /// Runs a call of the ledger; its failure becomes one for the person who typed the command.
    func reading<Value>(_ body: () async throws -> Value) async throws(CommandFailure) -> Value {
        do {
            return try await body()
        } catch {
            throw CommandFailure(error, ledger: path)
        }
    }

    /// Opens the ledger to record commands, runs a call and closes the ledger, whatever came of it.
    func writing<Value>(_ body: (Ledger) async throws -> Value) async throws(CommandFailure) -> Value {
        let opened = try await openForWriting()
        do {
            let value = try await body(opened)
            try await opened.close()
            return value
        } catch {
            // The first failure is the one to tell of.
            try? await opened.close()
            throw CommandFailure(error, ledger: path)
        }
    }

    /// The card of that serial, at a point in time.
    func profile(
        of text: String,
        in ledger: Ledger,
        asOf point: PointInTime
    ) async throws(CommandFailure) -> CardProfile {
        let card = CardID(text)
        if let card, let profile = try await reading({ try await ledger.card(card, asOf: point) }) { return profile }
        if let card, ledger.card(card) != nil {
            throw CommandFailure(
                .failure,
                "card \(text) was not there yet: \(point.heading(in: ledger.calendar()) ?? "now")",
                hint: "loyalty history \(path) \(text) shows when its events occurred and were recorded."
            )
        }
        throw failure(unissued: text)
    }

    private func failure(unissued text: String) -> CommandFailure {
        CommandFailure(
            .failure,
            "card \(text) is not issued in \(path)",
            hint: "loyalty cards \(path) lists the cards that are."
        )
    }
}
