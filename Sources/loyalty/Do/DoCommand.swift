import ArgumentParser
import Foundation
import LedgerImport
import LoyaltyLedger

/// `loyalty do`: one command on one card.
struct DoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "do",
        abstract: "Record one command on a card and print its receipt.",
        discussion: """
            KIND is the kind of an import's row, and the options are its fields:

            \(DoCommand.kinds)

              loyalty do shop.ledger purchase --card C-1042 --amount 27.50 --staff Ana --issue-cards
              loyalty do shop.ledger refund --card C-1042 --amount 5 --refunds "till 7/118"
              loyalty do shop.ledger adjust --card C-1042 --quantity -2 --internal-note "stamped twice"
              loyalty do shop.ledger claim-reward --card C-7 --item "Free lunch" --amount 0

            The same --id with the same fields is answered with the first receipt and recorded once.

            Exit status: 0 recorded, 3 refused by the rules, 1 failure, 4 another process writes, 64 usage.
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @Argument(help: "What to do.", transform: DoCommand.kind)
    var kind: ImportKind

    @OptionGroup var fields: FieldOptions

    @Flag(help: "Issue the card if it is unknown, not installed.")
    var issueCards = false

    @OptionGroup var recordedTime: RecordedTimeOption

    @Option(help: "table, csv or json.")
    var format: OutputFormat = .table

    func run() async throws {
        let result = try await ledger.writing { opened in
            let request = try request(on: opened)
            let receipt = try await execute(request, on: opened)
            return (opened, receipt, try await opened.history(of: receipt.card) ?? [])
        }
        let (opened, receipt, entries) = result
        let profile = try ledger.profile(of: receipt.card.text, in: opened)
        let text = ReceiptText(receipt: receipt, profile: profile, calendar: CalendarCache(opened)[profile.program])
        try text.print(entries, as: format)
        guard let refusal = receipt.refusal else { return }
        throw CommandFailure(
            .refusedRows,
            "refused (\(refusal.code)): \(refusal.message(under: profile.program))",
            hint: "The refusal is recorded under the command's id; mend the command and give it another one."
        )
    }

    private func request(on opened: Ledger) throws(CommandFailure) -> CommandRequest {
        try checkFields()
        let now = try recordedTime.instant(for: opened)
        let terms = ProgramTermsTable(opened)
        let row: ImportRow
        do throws(RowProblem) {
            row = try CommandLineRow(kind, fields.given, now: now ?? .systemClock, calendar: terms.standard.calendar)
                .read(terms: terms.terms)
        } catch {
            throw .usage(error.message, hint: "\(kind.rawValue) reads \(DoCommand.options(of: kind)).")
        }
        var context = row.context
        context.source = fields.origin.source.source
        return CommandRequest(
            row.command,
            id: row.commandID ?? CommandID(text: UUID().uuidString),
            context: context,
            issuing: issueCards ? CardIssue(customer: row.customer, program: row.program) : nil,
            recordedAt: now
        )
    }

    private func execute(_ request: CommandRequest, on opened: Ledger) async throws -> Receipt {
        guard let outcome = try await opened.execute([request]).first else {
            preconditionFailure("each command has an outcome")
        }
        switch outcome {
        case .success(let receipt): return receipt
        case .failure(let error):
            let problem = try RowProblem(error)
            throw CommandFailure(
                .failure,
                "\(problem.code): \(problem.message)",
                hint: "Nothing was recorded; loyalty do --help shows how a command is written."
            )
        }
    }

    private func checkFields() throws(CommandFailure) {
        let readable = Set(kind.fields + ImportKind.commonFields)
        for (field, _) in fields.given where !readable.contains(field) {
            throw .usage(
                "\(kind.rawValue) takes no \(field.option)",
                hint: "It reads \(DoCommand.options(of: kind))."
            )
        }
    }

    private static func kind(_ text: String) throws -> ImportKind {
        guard let kind = ImportKind(rawValue: text) else {
            throw ValidationError("it must be one of \(ImportKind.list)")
        }
        return kind
    }

    private static func options(of kind: ImportKind) -> String {
        let own = kind.fields.map(\.option)
        return own.isEmpty ? "--card only" : "--card, " + own.joined(separator: ", ")
    }

    /// The kinds with what they do, and below each the options it reads.
    private static let kinds: String = ImportKind.allCases
        .map { kind in
            let own = kind.fields.filter { $0 != .amountMinor }.map(\.option).joined(separator: " ")
            return "  \(kind.rawValue): \(kind.summary)" + (own.isEmpty ? "" : "\n      \(own)")
        }
        .joined(separator: "\n")
}

extension ImportField {
    /// The field's option.
    fileprivate var option: String {
        self == .commandID ? "--id" : "--" + name.split(separator: "_").joined(separator: "-")
    }
}
