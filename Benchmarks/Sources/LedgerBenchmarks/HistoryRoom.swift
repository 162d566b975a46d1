import ArgumentParser
import LoyaltyLedger

/// How much the writer may keep of cards' histories while a load is put into a ledger.
struct HistoryRoom: ParsableArguments {
    @Option(name: .customLong("history-mib"), help: "Room for histories that the writer keeps, in MiB.")
    var mebibytes: Int?

    /// The options with that room, or with the usual one.
    func options(_ options: LedgerOptions = LedgerOptions()) -> LedgerOptions {
        var options = options
        if let mebibytes { options.historyBytes = mebibytes << 20 }
        return options
    }
}
