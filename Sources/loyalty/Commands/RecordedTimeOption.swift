import ArgumentParser
import LoyaltyLedger

/// The recorded time of a command, which a ledger with a manual clock needs and any other refuses.
struct RecordedTimeOption: ParsableArguments {
    @Option(help: ArgumentHelp("The recorded time, for a ledger with a manual clock.", valueName: "time"))
    var now: String?

    /// The time for the ledger's kind of clock; nil where the ledger reads the machine's.
    func instant(for ledger: Ledger) throws(CommandFailure) -> Timestamp? {
        switch (ledger.clock, now) {
        case (.system, nil): return nil
        case (.manual, let text?): return try ledger.instant(reading: text, option: "--now")
        case (.manual, nil):
            throw .usage("the ledger has a manual clock", hint: "Say when it is recorded with --now TIME.")
        case (.system, _?):
            throw .usage(
                "the ledger has a system clock and takes no --now",
                hint: "Leave it out, or create a ledger with --clock manual."
            )
        }
    }
}

extension Ledger {
    /// Reads a time of the command line; without an offset it is local to the first program's zone.
    func instant(reading text: String, option: String) throws(CommandFailure) -> Timestamp {
        guard let instant = calendar()?.instant(reading: text) else {
            throw .usage(
                "\(option) \(text) is not a time",
                hint: "Write it as 2026-11-01T09:30:00-05:00 or 2026-11-01."
            )
        }
        return instant
    }
}
