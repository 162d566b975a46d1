import EventLog
import LogStorage
import SystemPackage
import Testing

/// The decision table of DESIGN.md section 5, row by row: each test is named for its row, damages a real log on purpose, and
/// asks for the row, for what opening does, and that a halt changes nothing.
@Suite struct DecisionTableTests {
    private static let repository = FilePath(#filePath).removingLastComponent().removingLastComponent()
        .removingLastComponent().removingLastComponent()

    private static func text(_ path: FilePath) throws -> String {
        String(decoding: try POSIXStorage().contents(of: path, limit: 1 << 22), as: UTF8.self)
    }

    @Test("every row has a test that is named for it")
    func tests() throws {
        let directory = FilePath(#filePath).removingLastComponent()
        var named: [String] = []
        for name in try POSIXStorage().list(directory) where name.hasPrefix("DecisionTableTests+") {
            named += try Self.text(directory.appending(name)).matches(of: #/@Test\(\s*"([A-E][0-9]+): /#).map {
                "\($0.output.1)"
            }
        }
        #expect(named.sorted() == RecoveryRow.allCases.map(\.rawValue).sorted())
    }

    @Test("every row and what it does stand in DESIGN.md, in the same order")
    func design() throws {
        let lines = try Self.text(Self.repository.appending("DESIGN.md")).split(separator: "\n")
        var rows: [RecoveryRow] = []
        for line in lines {
            let cells = line.split(separator: "|").map { $0.drop { $0 == " " } }
            guard line.hasPrefix("| "), cells.count == 3 else { continue }
            guard let row = RecoveryRow(rawValue: cells[0].filter { $0 != " " }) else { continue }
            rows.append(row)
            #expect(cells[2].hasPrefix(row.action.rawValue), "\(row.rawValue)")
        }
        #expect(rows == RecoveryRow.allCases)
    }
}
