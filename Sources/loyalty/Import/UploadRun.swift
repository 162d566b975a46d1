import LedgerImport
import LoyaltyLedger

/// One upload: the rows of a device's file become commands that are decided together, in the order of D23.
struct UploadRun {
    /// What became of the rows.
    private(set) var tally = ImportTally()

    /// Redemptions and spendings of what was gone.
    private(set) var conflicts = 0

    /// The file with the refused rows, or nil where there is none.
    var rejected: String? { rejects.path }

    private let ledger: Ledger
    private let reader: ImportRowReader
    private let settings: Settings
    private var rejects: RejectsFile

    /// How rows become commands.
    struct Settings {
        /// The device.
        var device: Label

        /// Its number in command ids.
        var source: UInt32

        /// Whether unknown cards are issued.
        var issuesCards: Bool

        /// The recorded time, for a manual clock.
        var now: Timestamp?
    }

    init(into ledger: Ledger, mapping: ImportMapping, settings: Settings, rejects: RejectsFile) {
        self.ledger = ledger
        self.settings = settings
        self.rejects = rejects
        reader = ImportRowReader(mapping: mapping, readsSequence: true, terms: ProgramTermsTable(ledger).terms)
    }

    /// Uploads all rows.
    mutating func run(_ file: [UInt8]) async throws {
        var rows = CSVReader(file)
        _ = rows.next()
        var records: [CSVRecord] = []
        var requests: [CommandRequest] = []
        while let record = rows.next() {
            do throws(RowProblem) {
                requests.append(try request(record))
                records.append(record)
            } catch {
                try refuse(record, error)
            }
        }
        for (record, outcome) in zip(records, try await ledger.upload(requests)) { try self.file(record, outcome) }
        try rejects.close()
    }

    private func request(_ record: CSVRecord) throws(RowProblem) -> CommandRequest {
        let row = try reader.read(record)
        guard let sequence = row.sequence else { throw .missing(.sequence) }
        var context = row.context
        if context.attribution.device == nil { context.attribution.device = settings.device }
        return CommandRequest(
            row.command,
            id: .sequence(source: settings.source, number: sequence),
            context: context,
            issuing: settings.issuesCards ? CardIssue(customer: row.customer, program: row.program) : nil,
            recordedAt: settings.now
        )
    }

    private mutating func file(_ record: CSVRecord, _ outcome: Result<Receipt, CommandError>) throws {
        switch outcome {
        case .failure(let error): try refuse(record, RowProblem(error))
        case .success(let receipt):
            if let refusal = receipt.refusal, let profile = ledger.card(receipt.card) {
                return try refuse(record, RowProblem(refusal, under: profile.program))
            }
            if receipt.isRepeat { tally.alreadyThere += 1 } else { tally.accepted += 1 }
            if receipt.events.contains(where: \.event.isConflict) { conflicts += 1 }
        }
    }

    private mutating func refuse(_ record: CSVRecord, _ problem: RowProblem) throws(CommandFailure) {
        tally.refused += 1
        try rejects.add(record, problem, from: reader.mapping)
    }
}

extension CardEvent {
    /// Whether a device gave out what was not there (D23).
    fileprivate var isConflict: Bool {
        switch self {
        case .redemptionConflicted(_, let over, _): over > 0
        case .useConflicted: true
        case .stampsSpent(let spending): spending.over > 0
        default: false
        }
    }
}
