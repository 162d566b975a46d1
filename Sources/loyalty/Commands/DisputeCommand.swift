import ArgumentParser
import Foundation
import LoyaltyLedger

/// `loyalty dispute`: what the books say to a claim.
struct DisputeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dispute",
        abstract: "Look into what a customer says of a card.",
        discussion: """
            A claim is one of

              N stamps|rewards|visits|points on DATE[ HH:MM]
              AMOUNT spent|balance on DATE[ HH:MM]
              purchase AMOUNT on DATE[ HH:MM][ ref R]

            and holds for a day if it was true at any instant of that local day. The verdict is known-then, true-now, refuted or \
            undecidable. With --to a page (HTML) and its data (JSON) are written into a directory; the customer's have no internal \
            notes, staff, devices or other cards.

              loyalty dispute shop.ledger C-1042 --claim "9 stamps on 2026-11-20"
              loyalty dispute shop.ledger C-1042 --claim "purchase 27.50 on 2026-11-20 ref till 7/118" --to cases
              loyalty do shop.ledger open-case --card C-1042 --claim "9 stamps on 2026-11-20"
              loyalty dispute shop.ledger C-1042 --case 1 --for customer --to cases

            Nothing is recorded by asking; open-case, add-evidence, decide-case, remedy-case and close-case of loyalty do record a case.
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @Argument(help: "The card's serial.")
    var card: String

    @Option(help: "What the customer says.")
    var claim: String?

    @Option(name: .customLong("case"), help: "The number of a case of the card, whose claim it is.")
    var caseNumber: UInt32?

    @Option(name: .customLong("for"), help: "staff, or customer: what the card's holder may have.")
    var audience: HistoryAudience = .staff

    @Option(help: ArgumentHelp("Write a page and its data into that directory.", valueName: "dir"))
    var to: String?

    @Option(help: "text or json.")
    var format: ExplanationFormat = .text

    func run() async throws {
        let opened = try await ledger.openForReading()
        let profile = try await ledger.profile(of: card, in: opened, asOf: .now)
        let calendar = CalendarCache(opened)[profile.program]
        let report = try await report(on: profile, in: opened)
        var output = StandardOutput()
        if let to {
            for path in try DisputeFiles(report, for: audience, calendar).write(to: to) { output.write(path + "\n") }
        } else if format == .json {
            let json = audience == .staff ? report.json(in: calendar) : report.statement.json(in: calendar)
            output.write(json.text + "\n")
        } else {
            let text = DisputeText(report: report, calendar: calendar, ledger: ledger.path)
            for line in audience == .staff ? text.lines : text.customerLines { output.write(line.displayed + "\n") }
        }
        try output.finish()
    }

    private func report(on profile: CardProfile, in opened: Ledger) async throws -> DisputeReport {
        do {
            let found: DisputeReport?
            switch (claim, caseNumber) {
            case (let text?, nil):
                let claim = try Claim(reading: text, in: profile.program.currency)
                found = try await opened.dispute(profile.card, claim: claim)
            case (nil, let number?): found = try await opened.dispute(profile.card, case: CaseNumber(number))
            default: throw ClaimProblem("give either --claim or --case")
            }
            guard let found else { preconditionFailure("the card was found above") }
            return found
        } catch let problem as ClaimProblem {
            throw CommandFailure.usage(problem.message, hint: problem.hint)
        } catch {
            throw CommandFailure(error, ledger: ledger.path)
        }
    }
}
