import LoyaltyLedgerTesting
import SystemPackage

/// Something that may happen to the files of a ledger at rest.
enum Damage: Hashable, Sendable, CustomStringConvertible {
    /// One bit of a file is another.
    case flip(FilePath, byte: Int, bit: Int)
    /// A file ends too early.
    case truncate(FilePath, to: Int)
    /// A file is not there.
    case lose(FilePath)
    /// A file has the contents of another.
    case overwrite(FilePath, with: FilePath)
    /// Two files have each other's contents.
    case swap(FilePath, FilePath)
    /// A file is the one of that name of another log.
    case foreign(FilePath)

    /// The kind, as a column of the table of results.
    enum Kind: String, CaseIterable, Sendable {
        case flips, truncations, missing, overwritten, swapped, foreign
    }

    var kind: Kind {
        switch self {
        case .flip: .flips
        case .truncate: .truncations
        case .lose: .missing
        case .overwrite: .overwritten
        case .swap: .swapped
        case .foreign: .foreign
        }
    }

    var description: String {
        switch self {
        case .flip(let file, let byte, let bit): "bit \(bit) of byte \(byte) of \(file) flipped"
        case .truncate(let file, let size): "\(file) cut to \(size) bytes"
        case .lose(let file): "\(file) missing"
        case .overwrite(let file, let other): "\(file) with the contents of \(other)"
        case .swap(let file, let other): "\(file) and \(other) swapped"
        case .foreign(let file): "\(file) of another log"
        }
    }
}

extension Damage {
    /// Does it to a copy of a ledger.
    func apply(to disk: MemoryDisk, of ledger: DamagedLedger) {
        switch self {
        case .flip(let file, let byte, let bit): disk.tamper(with: file) { $0[byte] ^= 1 << bit }
        case .truncate(let file, let size): disk.tamper(with: file) { $0.removeLast($0.count - size) }
        case .lose(let file): disk.lose(file)
        case .overwrite(let file, let other): disk.put(ledger.bytes(other), at: file)
        case .swap(let file, let other):
            disk.put(ledger.bytes(other), at: file)
            disk.put(ledger.bytes(file), at: other)
        case .foreign(let file): disk.put(ledger.foreign[file] ?? [], at: file)
        }
    }

    /// Everything that is tried on a ledger.
    static func all(of ledger: DamagedLedger) -> [Damage] {
        var all: [Damage] = []
        for file in ledger.files {
            let size = ledger.bytes(file).count
            for byte in 0..<size { for bit in 0..<8 { all.append(.flip(file, byte: byte, bit: bit)) } }
            for length in 0..<size { all.append(.truncate(file, to: length)) }
        }
        return all + exchanges(of: ledger)
    }

    /// What happens to whole files: missing, overwritten, swapped, or of another log.
    static func exchanges(of ledger: DamagedLedger) -> [Damage] {
        let files = ledger.files
        var all = files.map(Damage.lose) + files.map(Damage.foreign)
        for (number, file) in files.enumerated() {
            for other in files where other != file { all.append(.overwrite(file, with: other)) }
            for other in files[..<number] { all.append(.swap(other, file)) }
        }
        return all
    }
}
