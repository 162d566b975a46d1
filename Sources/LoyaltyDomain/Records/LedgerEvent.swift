/// A fact about the ledger itself, and not about one card.
public enum LedgerEvent: Hashable, Sendable {
    /// The ledger began, with that kind of clock.
    case ledgerCreated(ClockMode)

    /// A program got its first or its next version of rules (R16).
    case programDefined(ProgramCatalog.Version)

    /// A staff, device and location triple got its number.
    case attributionDefined(AttributionNumber, Attribution)

    /// A numbered source of commands was registered: an import file.
    case sourceRegistered(ImportSource)

    /// A device that works offline became a source of commands (D23).
    case deviceRegistered(OfflineDevice)

    /// Something that only a later version knows, and that changes no figure (DESIGN.md section 9).
    case unknown(UnknownEvent)
}

/// A device that works offline: its sequence numbers are command ids of the source with its number (D23).
public struct OfflineDevice: Hashable, Sendable {
    /// The number that stands in the command ids; devices and import files are numbered together.
    public var number: UInt32
    /// What the service calls the device.
    public var label: Label

    /// Creates a device.
    public init(number: UInt32, label: Label) {
        self.number = number
        self.label = label
    }
}

/// Where recorded times come from.
public enum ClockMode: UInt8, Hashable, Sendable, CaseIterable {
    /// The machine's clock.
    case system = 1
    /// The caller, command by command: for tests and for replays of history.
    case manual = 2
}

/// An import file whose rows are commands: source number and row number make the command id (C23).
public struct ImportSource: Hashable, Sendable {
    /// The number that stands in the command ids.
    public var number: UInt32
    /// SHA-256 of the file.
    public var digest: [UInt8]
    /// How many data rows it had.
    public var rows: UInt64
    /// Digests of its leading rows, shortest first, by which a grown or mended copy is recognised (D28).
    public var prefixes: [Prefix]

    /// A digest of the first rows of a file.
    public struct Prefix: Hashable, Sendable {
        /// How many rows.
        public var rows: UInt64
        /// SHA-256 over them.
        public var digest: [UInt8]

        /// Creates a prefix.
        public init(rows: UInt64, digest: [UInt8]) {
            self.rows = rows
            self.digest = digest
        }
    }

    /// Creates a source.
    public init(number: UInt32, digest: [UInt8], rows: UInt64, prefixes: [Prefix]) {
        self.number = number
        self.digest = digest
        self.rows = rows
        self.prefixes = prefixes
    }
}

/// A fact about the ledger with the command and the time it was recorded.
public struct LedgerRecord: Hashable, Sendable {
    /// The command; the ledger's own facts count under source 0.
    public var commandID: CommandID
    /// When it was recorded.
    public var recordedAt: Timestamp
    /// The fact.
    public var event: LedgerEvent

    /// Creates a record.
    public init(commandID: CommandID, recordedAt: Timestamp, event: LedgerEvent) {
        self.commandID = commandID
        self.recordedAt = recordedAt
        self.event = event
    }
}
