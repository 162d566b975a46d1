import Foundation
import LoyaltyLedger

struct Footfall: Projection {
    let name = "footfall"
    let version: UInt32 = 1
    let initial: [Int32: Int] = [:]

    func evolve(_ days: inout [Int32: Int], _ event: borrowing RecordedEvent) {
        guard case .card(let fact) = event.fact, case .purchaseRecorded = fact.event.event else { return }
        days[fact.moment.occurredOn.daysSince1970, default: 0] += 1
    }
}

struct WiderFootfall: Projection {
    let name = "footfall"
    let version: UInt32 = 2
    let initial: [Int32: Int] = [:]

    func evolve(_ days: inout [Int32: Int], _ event: borrowing RecordedEvent) {
        guard case .card(let fact) = event.fact else { return }
        switch fact.event.event {
        case .purchaseRecorded, .visitRecorded: days[fact.moment.occurredOn.daysSince1970, default: 0] += 1
        default: break
        }
    }
}

/// The code of the articles on projections and on schemas; `CatalogTests` compares them.
enum ProjectionExamples {
    struct Output: Codable {
        var position: UInt64 = 0
        var events = 0

        static func read(from file: URL) throws -> Output {
            guard FileManager.default.fileExists(atPath: file.path) else { return Output() }
            return try JSONDecoder().decode(Output.self, from: Data(contentsOf: file))
        }

        mutating func add(_ event: RecordedEvent) { events += 1 }

        func replace(_ file: URL) throws { try JSONEncoder().encode(self).write(to: file, options: .atomic) }
    }

    static func once(_ ledger: Ledger) async throws -> [Int32: Int] {
        let days = try await ledger.project(Footfall())
        return days
    }

    static func inline(_ path: String) async throws {
        var options = LedgerOptions()
        options.projections = [Footfall()]
        let ledger = try await Ledger.open(at: path, options: options)
        print(try ledger.state(of: Footfall()))
        try await ledger.close()
    }

    static func beside(_ ledger: Ledger) async throws {
        let footfall = try ledger.runner(Footfall())
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await footfall.run() }
            try await footfall.reaches(ledger.summary.events)
            print(try footfall.state)
            group.cancelAll()
        }
    }

    static func rebuild(_ ledger: Ledger) throws -> ProjectionRunner<WiderFootfall> {
        let runner = try ledger.runner(WiderFootfall(), replacing: Footfall())
        return runner
    }

    static func subscribe(_ ledger: Ledger, _ mail: (RecordedEvent) async throws -> Void) async throws {
        let checkpoint = try await ledger.checkpoint(named: "mailer")
        for try await event in ledger.events(after: checkpoint.position) {
            try await mail(event)
            try await checkpoint.save(event.position)
        }
    }

    static func exactlyOnce(_ ledger: Ledger, _ file: URL) async throws {
        var output = try Output.read(from: file)
        for try await event in ledger.events(after: output.position, following: false) {
            output.add(event)
            output.position = event.position
        }
        try output.replace(file)
    }

    static func unknown(_ ledger: Ledger) async throws {
        do throws(LedgerError) {
            for try await event in ledger.events(following: false) {
                guard case .card(let fact) = event.fact, case .unknown(let unknown) = fact.event.event else { continue }
                print("position \(event.position): \(unknown)")
            }
        } catch {
            guard error.code == .unknownEvent, let type = error.eventType else { throw error }
            print("type \(type) at position \(error.position ?? 0) needs a later version")
        }
    }
}
