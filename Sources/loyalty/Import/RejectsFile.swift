import Foundation
import LedgerImport

/// The CSV file that keeps an import's refused rows, with the reason in front of each.
struct RejectsFile {
    /// Where the rows go; nil until there is one.
    private(set) var path: String?

    private let places: [String]
    private let header: [String]
    private var handle: FileHandle?
    private var pending = ""

    /// A file at the chosen place, made at once, so that a place that cannot be written is known before anything is imported.
    init(at place: String, columns: [String]) throws(CommandFailure) {
        places = [place]
        header = ImportMapping.rejectColumns + columns
        try open()
    }

    /// A file beside the input, else in the current directory, made when the first row is refused.
    init(besides input: String, columns: [String]) {
        let url = URL(filePath: input)
        let isCSV = url.pathExtension.lowercased() == "csv"
        let name = (isCSV ? url.deletingPathExtension() : url).lastPathComponent + ".rejects.csv"
        // The folder as it was typed, so that the path is told as a person would write it.
        let folder = input.lastIndex(of: "/").map { input[...$0] } ?? ""
        places = folder.isEmpty ? [name] : [folder + name, name]
        header = ImportMapping.rejectColumns + columns
    }

    /// Adds a row.
    mutating func add(_ record: CSVRecord, _ problem: RowProblem, from mapping: ImportMapping) throws(CommandFailure) {
        if handle == nil { try open() }
        pending += CSVWriter.line(
            [String(record.row), problem.code, problem.message] + mapping.inputFields(of: record)
        )
        if pending.utf8.count >= 1 << 16 { try flush() }
    }

    /// Writes what is left and closes the file.
    mutating func close() throws(CommandFailure) {
        try flush()
        // The rows are written; what closing could still report is the disk's business, not the import's.
        try? handle?.close()
        handle = nil
    }

    private mutating func open() throws(CommandFailure) {
        for place in places {
            let descriptor = descriptorForWriting(at: place)
            guard descriptor >= 0 else { continue }
            handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            path = place
            pending = CSVWriter.line(header)
            return
        }
        throw CommandFailure(
            .failure,
            "cannot write refused rows to \(places.joined(separator: " or "))",
            hint:
                "Name a file that can be written with --rejects FILE; then import the same file again, nothing is recorded twice."
        )
    }

    private mutating func flush() throws(CommandFailure) {
        do {
            try handle?.write(contentsOf: Data(pending.utf8))
            pending = ""
        } catch {
            throw CommandFailure(
                .failure,
                "cannot write refused rows to \(path ?? places[0]): \(error.localizedDescription)",
                hint: "Make room, then import the same file again; nothing is recorded twice."
            )
        }
    }
}

/// Opens a file in place, so that a device or a link stays what it is; negative where that fails.
private func descriptorForWriting(at place: String) -> Int32 {
    open(place, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
}
