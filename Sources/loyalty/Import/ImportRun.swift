import LedgerImport
import LoyaltyLedger

/// One import: rows of a file become commands, in batches, in file order.
struct ImportRun {
    /// What became of the rows so far.
    private(set) var tally = ImportTally()

    private let ledger: Ledger
    private let reader: ImportRowReader
    private let settings: Settings
    private var rejects: RejectsFile

    /// How rows become commands.
    struct Settings {
        /// The source of rows that have no command id of their own.
        var source: UInt32?

        /// Whether unknown cards are issued.
        var issuesCards: Bool

        /// The recorded time, for a manual clock.
        var now: Timestamp?
    }

    /// Rows that share one call: enough to share a sync among many, few enough that a bar moves.
    private static let batchSize = 4096

    init(into ledger: Ledger, reader: ImportRowReader, settings: Settings, rejects: RejectsFile) {
        self.ledger = ledger
        self.reader = reader
        self.settings = settings
        self.rejects = rejects
    }

    /// Imports all rows: while one batch is decided and written, the next one is read.
    ///
    /// - Returns: The file with the refused rows, or nil where there is none.
    mutating func run(_ file: [UInt8]) async throws -> String? {
        var progress = ProgressBar()
        defer { progress.clear() }
        var rows = CSVReader(file)
        _ = rows.next()
        var atWork: Execution?
        var batch = Batch()
        while let record = rows.next() {
            batch.add(record, as: request(record))
            guard batch.entries.count == ImportRun.batchSize else { continue }
            try await finish(atWork)
            atWork = execute(batch)
            batch = Batch()
            progress.update(rows: tally.rows, fraction: Double(rows.bytesRead) / Double(file.count))
        }
        try await finish(atWork)
        try await finish(execute(batch))
        try rejects.close()
        return rejects.path
    }

    private func request(_ record: CSVRecord) -> Result<CommandRequest, RowProblem> {
        Result { () throws(RowProblem) in
            let row = try reader.read(record)
            guard let id = row.commandID ?? settings.source.map({ .sequence(source: $0, number: UInt64(row.row)) })
            else {
                throw .missing(.commandID)
            }
            return CommandRequest(
                row.command,
                id: id,
                context: row.context,
                issuing: settings.issuesCards ? CardIssue(customer: row.customer, program: row.program) : nil,
                recordedAt: settings.now
            )
        }
    }

    /// A batch whose commands the ledger is working on.
    private struct Execution {
        let batch: Batch
        let outcomes: Task<[Result<Receipt, CommandError>], any Error>
    }

    private func execute(_ batch: Batch) -> Execution {
        let requests = batch.requests
        return Execution(
            batch: batch,
            outcomes: Task { [ledger] in
                requests.isEmpty ? [] : try await ledger.execute(requests)
            }
        )
    }

    /// Waits for a batch and files every row's outcome, in the order of the rows.
    private mutating func finish(_ execution: Execution?) async throws {
        guard let execution else { return }
        let outcomes = try await execution.outcomes.value
        for entry in execution.batch.entries {
            switch entry.request {
            case .failure(let problem): try refuse(entry.record, problem)
            case .success(let index): try file(entry.record, outcomes[index])
            }
        }
    }

    private mutating func file(_ record: CSVRecord, _ outcome: Result<Receipt, CommandError>) throws {
        switch outcome {
        case .failure(let error): try refuse(record, RowProblem(error))
        case .success(let receipt):
            if let refusal = receipt.refusal {
                try refuse(record, RowProblem(refusal, under: program(of: receipt.card)))
            } else if receipt.isRepeat {
                tally.alreadyThere += 1
            } else {
                tally.accepted += 1
            }
        }
    }

    private mutating func refuse(_ record: CSVRecord, _ problem: RowProblem) throws(CommandFailure) {
        tally.refused += 1
        try rejects.add(record, problem, from: reader.mapping)
    }

    private func program(of card: CardID) -> Program {
        guard let program = ledger.card(card)?.program else {
            preconditionFailure("card \(card.text) was refused something, so it is issued")
        }
        return program
    }

    /// Rows whose commands go to the ledger together.
    private struct Batch {
        var entries: [(record: CSVRecord, request: Result<Int, RowProblem>)] = []
        var requests: [CommandRequest] = []

        mutating func add(_ record: CSVRecord, as request: Result<CommandRequest, RowProblem>) {
            switch request {
            case .failure(let problem): entries.append((record, .failure(problem)))
            case .success(let request):
                entries.append((record, .success(requests.count)))
                requests.append(request)
            }
        }
    }
}
