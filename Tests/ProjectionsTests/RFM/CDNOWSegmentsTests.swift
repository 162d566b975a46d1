import LoyaltyDomain
import Testing

@testable import Projections

/// R's own `rfm` package on the real purchases, card by card: see Fixtures/cdnow/README.md.
@Suite("CDNOW segments as of 1998-06-30")
struct CDNOWSegmentsTests {
    private let population: CDNOWPopulation
    private let rows: [RFMRow]

    init() throws {
        population = try CDNOWPopulation()
        let day = try #require(LocalDay("1998-06-30"))
        rows = RFMScheme.rPackage.rows(of: population.subjects, asOf: day)
    }

    @Test("equal the oracle's scores and segments for all 2,357 cards")
    func cards() throws {
        let expected = try table("expected.rfm_r.csv").map { row in
            ["card_id", "recency_days", "frequency", "monetary_minor", "r", "f", "m", "segment"].map { row[$0] ?? "" }
        }
        let found = rows.map { row in
            let scores = row.scores.map { [$0.r, $0.f, $0.m] } ?? []
            let figures = [row.recencyDays ?? -1, row.frequency, Int(row.monetary.rawValue)] + scores
            return [population.ids[Int(row.card.rawValue) - 1]] + figures.map { "\($0)" } + [row.segment.name]
        }
        #expect(found.count == 2357)
        #expect(Set(found) == Set(expected))
    }

    @Test("add up to the oracle's summary of segments")
    func summary() throws {
        let expected = try table("expected.rfm_segment_summary.csv").map { row in
            ["segment", "customers", "orders", "revenue"].map { row[$0] ?? "" }
        }
        let found = Dictionary(grouping: rows, by: \.segment.name).map { name, rows in
            let orders = rows.reduce(0) { $0 + $1.frequency }
            let revenue = rows.reduce(0) { $0 + $1.monetary.rawValue }
            return [name, "\(rows.count)", "\(orders)", "\(revenue)"]
        }
        #expect(Set(found) == Set(expected))
    }

    @Test("cut where the oracle cuts", arguments: ["recency", "frequency", "monetary"])
    func thresholds(measure: String) throws {
        let population = rows.map { row in
            switch measure {
            case "recency": Int64(row.recencyDays ?? 0)
            case "frequency": Int64(row.frequency)
            default: row.monetary.rawValue
            }
        }
        let cuts = ScoreCuts.typeSevenQuantilesPlusOne(of: population)
        for (bucket, row) in zip(1...5, try table("expected.rfm_thresholds.csv")) {
            let lower = try wholeAtLeast(row["\(measure)_lower"])
            let upper = try wholeAtLeast(row["\(measure)_upper"])
            #expect(cuts.bucket(of: lower) == bucket || lower == upper)
            #expect(cuts.bucket(of: upper - 1) == bucket || lower == upper)
        }
    }

    /// The smallest whole number that is not below a decimal of at most one digit after the point.
    private func wholeAtLeast(_ text: String?) throws -> Int64 {
        let parts = try #require(text).split(separator: ".")
        let whole = try #require(Int64(parts[0]))
        return parts.count == 2 && parts[1] != "0" ? whole + 1 : whole
    }
}
