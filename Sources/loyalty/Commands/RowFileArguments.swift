import ArgumentParser
import LedgerImport

/// A CSV file of commands, and how its columns are read.
struct RowFileArguments: ParsableArguments {
    @Argument(help: ArgumentHelp("The CSV file.", valueName: "file.csv"))
    var file: String

    @Option(help: ArgumentHelp("Read a column as that field.", valueName: "field=column"))
    var map: [String] = []

    @Option(help: ArgumentHelp("Give a field a value where the file or a row has none.", valueName: "field=value"))
    var set: [String] = []

    @Flag(help: "Issue unknown cards at their first row's time, not installed.")
    var issueCards = false

    @Option(help: ArgumentHelp("Where refused rows go; beside the input unless given.", valueName: "file"))
    var rejects: String?

    /// Binds the fields to the columns of the file.
    func mapping(of bytes: [UInt8]) throws(CommandFailure) -> ImportMapping {
        var rows = CSVReader(bytes)
        guard let header = rows.next() else {
            throw .usage(
                "\(file) is empty",
                hint: "Its first line must name the columns, such as card,kind,occurred_at,amount."
            )
        }
        if let problem = header.problem {
            throw CommandFailure(.failure, "the first line of \(file): \(problem.message)", hint: "Mend the file.")
        }
        do {
            return try ImportMapping(columns: header.texts, renames: map, values: set)
        } catch {
            throw .usage(error.message, hint: error.hint)
        }
    }

    /// The file for refused rows: the chosen one, made at once, or one beside the input, made when it is needed.
    func rejectsFile(_ mapping: ImportMapping) throws(CommandFailure) -> RejectsFile {
        guard let rejects else { return RejectsFile(besides: file, columns: mapping.inputColumns) }
        guard !InputFile(path: file).isFile(at: rejects) else {
            throw .usage("the rejects file is the input", hint: "Name another file with --rejects.")
        }
        return try RejectsFile(at: rejects, columns: mapping.inputColumns)
    }

    /// What to say where rows were refused.
    func refused(_ tally: ImportTally, in rejected: String?) -> CommandFailure {
        CommandFailure(
            .refusedRows,
            "\(tally.refused) of \(tally.rows) rows were refused; they are in \(rejected ?? "no file")",
            hint: "Mend the rows there and import that file with the same options; its first three columns are ignored."
        )
    }
}
