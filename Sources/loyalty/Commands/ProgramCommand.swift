import ArgumentParser
import Foundation
import LoyaltyLedger

/// `loyalty program`: the rules of a ledger's programs.
struct ProgramCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "program",
        abstract: "Show the rules of a ledger's programs, or set new ones.",
        discussion: """
              loyalty program show shop.ledger
              loyalty program set shop.ledger --program coffee-2027.json --effective-from 2027-01-01
            """,
        subcommands: [ProgramShowCommand.self, ProgramSetCommand.self]
    )
}

/// `loyalty program show`: every version of every program's rules.
struct ProgramShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show every version of every program's rules.",
        discussion: """
            A table says each version in a few words; CSV and JSON hold the whole document, which loyalty program set reads \
            again.

              loyalty program show shop.ledger
              loyalty program show shop.ledger --document coffee > coffee.json
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @Option(help: "Print only the newest document of this program.", transform: ProgramID.argument)
    var document: ProgramID?

    @OptionGroup var pointInTime: PointInTimeOptions

    @Option(help: "table, csv or json.")
    var format: OutputFormat = .table

    func run() async throws {
        let opened = try await ledger.openForReading()
        let point = try pointInTime.point(in: opened)
        let versions = try await ledger.reading { try await opened.ruleVersions(asOf: point) }
        if let document { return try printDocument(of: document, among: versions) }
        let calendars = CalendarCache(opened)
        let report = Report(
            columns: ProgramColumns.all,
            rows: versions.map { ProgramColumns.cells(of: $0, in: calendars) }
        )
        try StandardOutput.print(report, as: format, asOf: point, in: opened)
    }

    private func printDocument(
        of id: ProgramID,
        among versions: [ProgramCatalog.Version]
    ) throws(CommandFailure) {
        guard let program = versions.last(where: { $0.program.id == id })?.program else {
            throw CommandFailure(
                .failure,
                "the ledger has no program \(id.text)",
                hint: "loyalty program show \(ledger.path) lists its programs."
            )
        }
        var output = StandardOutput()
        output.write(String(decoding: program.document, as: UTF8.self) + "\n")
        try output.finish()
    }
}

/// `loyalty program set`: the next version of a program's rules, or a new program.
struct ProgramSetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Set the next version of a program's rules, or add a program.",
        discussion: """
            What was recorded keeps the version that decided it: new rules never change what older events meant. They are \
            effective from --effective-from, and never before they are recorded.

              loyalty program set shop.ledger --program coffee-2027.json --effective-from 2027-01-01
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @Option(help: ArgumentHelp("The program's JSON document.", valueName: "program.json"))
    var program: String

    @Option(help: ArgumentHelp("From when the rules count; from now on unless given.", valueName: "time"))
    var effectiveFrom: String?

    @Option(name: .customLong("id"), help: "The command's id, which a retry carries again; a new one unless given.")
    var commandID: String?

    @OptionGroup var recordedTime: RecordedTimeOption

    func run() async throws {
        let program = try ProgramFile(path: program).read()
        let version = try await ledger.writing { opened in
            let version = try await opened.define(
                program,
                id: CommandID(text: commandID ?? UUID().uuidString),
                effectiveFrom: try effectiveFrom.map { text throws(CommandFailure) in
                    try opened.instant(reading: text, option: "--effective-from")
                },
                recordedAt: try recordedTime.instant(for: opened)
            )
            return (number: version, opened)
        }
        let defined = version.1.ruleVersions.first { $0.version == version.number }
        let start = defined.map { CalendarCache(version.1)[$0.program].text(of: $0.effectiveFrom) } ?? ""
        var output = StandardOutput()
        output.write("program \(program.id.text): version \(version.number.rawValue), ")
        output.write("\(program.rules.summary(in: program.currency)), effective from \(start)\n")
        try output.finish()
    }
}

/// The columns of the list of rule versions.
enum ProgramColumns {
    /// The columns, in the order that scripts rely on.
    static let all = [
        Column("program"), Column("version"), Column("effective_from"), Column("type"), Column("currency"),
        Column("time_zone"), Column("rules", .tableOnly), Column("document", .dataOnly),
    ]

    /// The cells of a version, one for each column.
    static func cells(of version: ProgramCatalog.Version, in calendars: CalendarCache) -> [Cell] {
        let program = version.program
        // The first version counts from the beginning, which no calendar has a date for.
        let start = version.effectiveFrom == .earliest ? nil : version.effectiveFrom
        return [
            .text(program.id.text),
            .integer(version.version.rawValue),
            .instant(start, in: calendars[program]),
            .text(program.rules.type.name),
            .text(program.currency.code),
            .text(program.timeZone),
            .text(program.rules.summary(in: program.currency)),
            .text(String(decoding: program.document, as: UTF8.self)),
        ]
    }
}
