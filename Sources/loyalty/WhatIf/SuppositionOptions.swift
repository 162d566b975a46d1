import ArgumentParser
import LedgerImport
import LoyaltyLedger

/// What is supposed, as options.
struct SuppositionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Leave out the command that led to this event.", valueName: "position"))
    var leaveOut: [UInt64] = []

    @Option(help: ArgumentHelp("Give that command another amount or quantity.", valueName: "position=value"))
    var change: [String] = []

    @Option(help: ArgumentHelp("Let that command have occurred at another time.", valueName: "position=time"))
    var move: [String] = []

    @Option(help: ArgumentHelp("Add the commands of a CSV file.", valueName: "file.csv"))
    var add: [String] = []

    @Flag(help: "Issue unknown cards of added rows.")
    var issueCards = false

    @Option(help: ArgumentHelp("Put a program's rules in place of those it had.", valueName: "program.json"))
    var rules: [String] = []

    @Option(
        help: ArgumentHelp("Put an earlier or later version of a program's rules in their place.", valueName: "number")
    )
    var rulesVersion: [UInt32] = []

    @Option(help: ArgumentHelp("From when these rules hold; always unless given.", valueName: "time"))
    var from: String?

    /// The supposition for a ledger.
    func supposition(on opened: Ledger) async throws -> Supposition {
        var supposition = Supposition()
        supposition.leftOut = Set(leaveOut)
        for text in change {
            let (position, value) = try Self.pair(text, "--change")
            let action = try await Self.command(at: position, in: opened).action
            guard let changed = Self.asking(value, for: action, in: opened) else {
                throw CommandFailure.usage(
                    "--change \(text): the command at position \(position) takes no such value",
                    hint: "Give an amount such as 12.50 to a command with an amount, else a whole number."
                )
            }
            supposition.changed[position, default: .init()].action = changed
        }
        for text in move {
            let (position, time) = try Self.pair(text, "--move")
            supposition.changed[position, default: .init()].occurredAt = try opened.instant(
                reading: time,
                option: "--move"
            )
        }
        for (number, path) in add.enumerated() {
            supposition.added += try rows(of: path, source: .max - UInt32(number), on: opened)
        }
        supposition.rules = try programs(of: opened)
        return supposition
    }

    private func programs(of opened: Ledger) throws(CommandFailure) -> [Supposition.Rules] {
        let from: Timestamp?
        if let text = self.from { from = try opened.instant(reading: text, option: "--from") } else { from = nil }
        var programs: [Program] = []
        for path in rules { programs.append(try ProgramFile(path: path).read()) }
        for number in rulesVersion {
            guard let version = opened.ruleVersions.first(where: { $0.version.rawValue == number }) else {
                throw .usage("there is no rule version \(number)", hint: "loyalty program show lists the versions.")
            }
            programs.append(version.program)
        }
        if from != nil && programs.isEmpty {
            throw .usage("--from goes with --rules or --rules-version", hint: "Say which rules hold from then on.")
        }
        return programs.map { Supposition.Rules($0, from: from) }
    }

    private func rows(of path: String, source: UInt32, on opened: Ledger) throws(CommandFailure) -> [CommandRequest] {
        var rows = CSVReader(try InputFile(path: path).bytes())
        guard let header = rows.next() else {
            throw .usage("\(path) is empty", hint: "It is a file of loyalty import.")
        }
        let mapping: ImportMapping
        do {
            mapping = try ImportMapping(columns: header.texts, renames: [], values: [])
        } catch {
            throw .usage("\(path): \(error.message)", hint: error.hint)
        }
        let reader = ImportRowReader(mapping: mapping, terms: ProgramTermsTable(opened).terms)
        var requests: [CommandRequest] = []
        while let record = rows.next() {
            do throws(RowProblem) {
                let row = try reader.read(record)
                let request = CommandRequest(
                    row.command,
                    id: row.commandID ?? .sequence(source: source, number: UInt64(row.row)),
                    context: row.context,
                    issuing: issueCards ? CardIssue(customer: row.customer, program: row.program) : nil
                )
                requests.append(request)
            } catch {
                throw CommandFailure(
                    .failure,
                    "\(path), row \(record.row): \(error.message)",
                    hint: "Mend the row; nothing was decided."
                )
            }
        }
        return requests
    }

    private static func pair(_ text: String, _ option: String) throws(CommandFailure) -> (UInt64, String) {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, let position = UInt64(parts[0]) else {
            throw .usage("\(option) \(text) names no position and value", hint: "Write \(option) 41=12.50.")
        }
        return (position, parts[1])
    }

    private static func command(at position: UInt64, in opened: Ledger) async throws -> CardCommand {
        guard let command = try await opened.command(at: position) else {
            throw CommandFailure(
                .failure,
                "no command of a card led to the event at position \(position)",
                hint: "loyalty history shows the positions of a card's events."
            )
        }
        return command
    }

    private static func asking(_ value: String, for action: CardAction, in opened: Ledger) -> CardAction? {
        if let currency = action.currency {
            return Money(decimal: value, currency).flatMap(action.asking(for:))
        }
        return Int32(value).flatMap { action.asking(for: Stamps($0)) }
    }
}
