import Foundation
import LoyaltyLedger

/// The page and the data of a dispute as files, named for card and case.
struct DisputeFiles {
    private let name: String
    private let page: String
    private let data: String

    init(_ report: DisputeReport, for audience: HistoryAudience, _ calendar: ProgramCalendar) {
        let dispute = report.number.map { "case-\($0.rawValue)" } ?? "\(report.claim.day)"
        name = "\(report.card.text.fileName)-\(dispute)-\(audience.rawValue)"
        switch audience {
        case .staff:
            page = report.page(in: calendar)
            data = report.json(in: calendar).text
        case .customer:
            page = report.statement.page(in: calendar)
            data = report.statement.json(in: calendar).text
        }
    }

    /// Writes both, making the directory where there is none; gives their paths.
    func write(to directory: String) throws(CommandFailure) -> [String] {
        let folder = URL(fileURLWithPath: directory, isDirectory: true)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            return try [("html", page), ("json", data + "\n")].map { suffix, text in
                let file = folder.appendingPathComponent("\(name).\(suffix)")
                try Data(text.utf8).write(to: file, options: .atomic)
                return "\(directory)/\(name).\(suffix)"
            }
        } catch {
            throw CommandFailure(
                .failure,
                "cannot write to \(directory): \(error.localizedDescription)",
                hint: "Choose a directory that can be written to."
            )
        }
    }
}

extension String {
    /// The text as a part of a file's name: letters, digits, dots and hyphens stay, every other byte is written as `_` and its two
    /// hexadecimal digits, so that no two serials share a file.
    var fileName: String {
        var name = ""
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                name.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: ".") where !name.isEmpty: name += "."
            default: name += "_" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
        return name
    }
}
