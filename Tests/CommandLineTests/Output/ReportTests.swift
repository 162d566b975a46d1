import LoyaltyLedger
import Testing

@testable import loyalty

@Suite struct ReportTests {
    @Test(arguments: [
        (
            OutputFormat.csv,
            """
            card,ltv_minor,last_stamp_at
            00004,10050,1997-12-12T00:00:00-05:00
            "a,b",0,

            """
        ),
        (
            .json,
            """
            [
            {"card":"00004","ltv_minor":10050,"last_stamp_at":"1997-12-12T00:00:00-05:00"},
            {"card":"a,b","ltv_minor":0,"last_stamp_at":null}
            ]

            """
        ),
        (
            .table,
            """
            card      ltv  last stamp at
            00004  100.50  1997-12-12 00:00
            a,b      0.00

            """
        ),
    ])
    func writes(format: OutputFormat, text: String) throws {
        let calendar = try #require(ProgramCalendar(timeZone: "America/New_York"))
        let dollar = try #require(Currency("USD"))
        let last = calendar.instant(reading: "1997-12-12")
        let report = Report(
            columns: [Column("card"), Column("ltv_minor", title: "ltv"), Column("last_stamp_at")],
            rows: [
                [.text("00004"), .amount(MinorUnits(10050), in: dollar), .instant(last, in: calendar)],
                [.text("a,b"), .amount(.zero, in: dollar), .instant(nil, in: calendar)],
            ]
        )
        var output = ""
        report.write(as: format, to: &output)
        #expect(output == text)
    }

    @Test(arguments: [(OutputFormat.csv, "a,b\n"), (.json, "[]\n"), (.table, "a  b\n")])
    func writesNoRows(format: OutputFormat, text: String) {
        var output = ""
        Report(columns: [Column("a"), Column("b")], rows: []).write(as: format, to: &output)
        #expect(output == text)
    }
}
