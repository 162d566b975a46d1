import ArgumentParser
import LoyaltyLedger

/// `loyalty init`: a new ledger with its first program.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Create a ledger with its program.",
        discussion: """
            The program is a JSON document with the rules of one card type. The directory must not exist, or be empty; the \
            ledger appears in it whole or not at all.

              loyalty init shop.ledger --program coffee.json

            A manual clock takes the recorded time of every command from --now T, for tests and for replays of history.
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @Option(help: ArgumentHelp("The program's JSON document.", valueName: "program.json"))
    var program: String

    @Option(help: "Where recorded times come from.")
    var clock: ClockChoice = .system

    func run() async throws {
        let program = try ProgramFile(path: program).read()
        do {
            let created = try await Ledger.create(at: ledger.path, program: program, clock: clock.mode)
            try await created.close()
        } catch {
            throw CommandFailure(error, ledger: ledger.path)
        }
        var output = StandardOutput()
        output.write(
            "created \(ledger.path): program \(program.id.text), \(program.rules.summary(in: program.currency)), "
        )
        output.write("\(program.timeZone), \(clock.rawValue) clock\n")
        try output.finish()
    }
}

/// Where a new ledger's recorded times come from.
enum ClockChoice: String, CaseIterable, ExpressibleByArgument {
    case system
    case manual

    var mode: ClockMode {
        switch self {
        case .system: .system
        case .manual: .manual
        }
    }
}

extension CardRules {
    /// The rules in a few words, such as `1 stamp per 10.00 USD (perTransaction), 10 stamps per reward`.
    func summary(in currency: Currency) -> String {
        let earning: String =
            switch mechanic {
            case .spend(let rule):
                "\(counted(rule.stamps, type.unit)) per \(Money(rule.unit, currency)) (\(rule.remainder))"
            case .visit(let stamps): "\(counted(stamps, type.unit)) per visit"
            case .percent(let rule): "\(rule.share.rawValue) basis points, \(Money(rule.pointValue, currency)) a point"
            case .amounts: "amounts"
            case .manual: "\(type.unit)s by hand"
            }
        guard let stampsPerReward else { return "\(type.name) card, \(earning)" }
        return "\(earning), \(counted(stampsPerReward, type.unit)) per reward"
    }
}

/// A number and its noun, such as `1 stamp` and `2 stamps`.
func counted<Unit>(_ count: Count<Unit>, _ singular: String) -> String {
    "\(count) \(singular)\(count.rawValue == 1 ? "" : "s")"
}
