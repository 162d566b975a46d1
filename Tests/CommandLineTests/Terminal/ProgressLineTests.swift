import Testing

@testable import loyalty

@Suite struct ProgressLineTests {
    @Test(arguments: [
        (0, 0.0, 0.0, 60, "[....................................] 0%  0 rows  0 rows/s"),
        (34_595, 0.5, 2.0, 60, "[#######.......] 50%  34,595 rows  17,297 rows/s  0:02 left"),
        (100, 0.01, 100.0, 60, "[....................] 1%  100 rows  1 rows/s  2:45:00 left"),
        (100, 1.0, 61.0, 60, "[#####################] 100%  100 rows  1 rows/s  0:00 left"),
        (34_595, 0.5, 2.0, 20, "50%  34,595 rows  1"),
    ])
    func fitsTheTerminal(rows: Int, fraction: Double, seconds: Double, columns: Int, text: String) {
        let line = ProgressLine(rows: rows, fraction: fraction, seconds: seconds)
        #expect(line.text(columns: columns) == text)
        for columns in 0...200 { #expect(line.text(columns: columns).count <= max(0, columns - 1)) }
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000")])
    func groupsDigits(number: Int, text: String) {
        #expect(grouped(number) == text)
    }
}
