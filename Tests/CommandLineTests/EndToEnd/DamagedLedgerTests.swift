import Foundation
import Testing

/// What the commands say about a ledger that was damaged by hand: a report or a clear error, never a trap.
@Suite struct DamagedLedgerTests {
    /// A way to damage a file.
    enum Damage: String, CaseIterable {
        case flippedByte, truncated, removed, zeroedSector, garbageBehind, emptied
    }

    private static let segment = "shop/log/0000000000000001.segment"

    /// A ledger with 1,200 purchases, and so with a snapshot.
    private static func prepared() throws -> Workbench {
        let bench = try Workbench()
        try bench.run("init", "shop", "--program", Workbench.carryOver)
        var rows = "id,kind,occurred_at,amount\n"
        for row in 0..<1200 { rows += "c\(row % 40),purchase,1997-0\(1 + row / 150)-01,1\(row % 10).50\n" }
        try bench.write(rows, to: "in.csv")
        let run = try bench.run("import", "shop", "in.csv", "--map", "card=id", "--issue-cards")
        #expect(run.status == 0, "\(run.errors)")
        return bench
    }

    /// The path of a file; the snapshot's name depends on its position.
    private static func path(_ file: String, _ bench: Workbench) throws -> URL {
        guard file == "snapshot" else { return bench.directory.appending(path: file) }
        let folder = bench.directory.appending(path: "shop/snapshots")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return folder.appending(path: try #require(names.first { $0.hasSuffix(".snapshot") }))
    }

    private static func damage(_ url: URL, _ damage: Damage) throws {
        if damage == .removed { return try FileManager.default.removeItem(at: url) }
        var bytes = Array(try Data(contentsOf: url))
        switch damage {
        case .flippedByte: bytes[min(700, bytes.count / 2)] ^= 0xff
        case .truncated: bytes.removeLast(bytes.count - min(bytes.count / 2, 2000))
        case .zeroedSector:
            let start = min(1024, bytes.count / 2)
            for index in start..<min(start + 512, bytes.count) { bytes[index] = 0 }
        case .garbageBehind: bytes += (0..<3000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) }
        case .emptied: bytes = []
        case .removed: break
        }
        try Data(bytes).write(to: url)
    }

    /// Runs every command on the ledger; all must end by themselves, with a status that scripts know.
    private static func runAll(_ bench: Workbench) throws -> [String: Workbench.Run] {
        let commands = [
            "verify": ["verify", "shop"],
            "verify json": ["verify", "shop", "--format", "json"],
            "describe": ["describe", "shop", "--depth", "blocks"],
            "describe json": ["describe", "shop", "--format", "json"],
            "backup": ["backup", "shop", "--to", "copy"],
            "salvage": ["salvage", "shop", "--to", "saved", "--program", Workbench.carryOver],
            "card": ["card", "shop", "c1"],
            "history": ["history", "shop", "c1"],
            "replay": ["replay", "shop"],
            "import": ["import", "shop", "in.csv", "--map", "card=id"],
        ]
        var runs: [String: Workbench.Run] = [:]
        // What only reads comes first, so that all see the same damage.
        for name in commands.keys.sorted(by: { ($0 == "import" ? "~" : $0) < ($1 == "import" ? "~" : $1) }) {
            runs[name] = try bench.finish(bench.start(commands[name] ?? []))
        }
        for (name, run) in runs {
            #expect([0, 1].contains(run.status), "\(name): \(run.status) \(run.errors)")
            #expect(!run.errors.contains("Fatal error") && !run.errors.contains("Stack dump"), "\(name): \(run.errors)")
            let lines = run.errors.split(separator: "\n")
            if run.status == 1 { #expect(lines.first?.hasPrefix("loyalty: ") == true && lines.count >= 2, "\(name)") }
        }
        return runs
    }

    @Test("a damaged segment is named by all, saved by salvage, and changed by nobody", arguments: Damage.allCases)
    func segment(damage: Damage) throws {
        let bench = try Self.prepared()
        let url = try Self.path(Self.segment, bench)
        try Self.damage(url, damage)
        let before = try? Data(contentsOf: url)
        let runs = try Self.runAll(bench)
        for name in ["verify", "verify json", "backup", "card", "history", "replay", "import"] {
            // Opening takes a good snapshot and does not look at sealed segments; this one is the active segment, and is read.
            let run = try #require(runs[name])
            #expect(run.status == 1, "\(name) \(damage): \(run.output)")
            #expect(run.errors.contains("0000000000000001.segment"), "\(name): \(run.errors)")
            #expect(run.errors.contains("expected") && run.errors.contains("found"), "\(name): \(run.errors)")
        }
        #expect((try? Data(contentsOf: url)) == before)
        #expect(runs["describe"]?.status == 0)
        // It reads headers and no sections, and the byte that is flipped lies in one.
        if ![.removed, .flippedByte].contains(damage) {
            #expect(runs["describe"]?.output.contains("(row ") == true, "\(runs["describe"]?.output ?? "")")
        }
        let report = try #require(runs["verify json"]).object()
        #expect(report["damaged"] as? Int ?? 0 >= 1)
        let salvage = try #require(runs["salvage"])
        if [.removed, .emptied].contains(damage) {
            #expect(salvage.status == 1 && !bench.exists("saved") && !bench.exists("saved.tmp"))
        } else {
            #expect(salvage.status == 0, "\(salvage.errors)")
            #expect(bench.exists("saved/SALVAGE.json"))
            #expect(try bench.run("verify", "saved").status == 0)
            #expect(try bench.run("replay", "saved").errors.isEmpty)
            #expect(try bench.run("cards", "saved").status == 0)
        }
    }

    @Test(
        "a damaged derived file costs time and no answer",
        arguments: ["shop/MANIFEST", "snapshot"],
        [Damage.flippedByte, .truncated, .removed]
    )
    func derived(file: String, damage: Damage) throws {
        let bench = try Self.prepared()
        let figures = try bench.run("cards", "shop", "--format", "csv").output
        try Self.damage(try Self.path(file, bench), damage)
        let runs = try Self.runAll(bench)
        for (name, run) in runs where name != "replay" { #expect(run.status == 0, "\(name): \(run.errors)") }
        #expect(runs["salvage"]?.lastLine.contains("lost=0 left_out=0") == true, "\(runs["salvage"]?.lastLine ?? "")")
        #expect(try bench.run("cards", "copy", "--format", "csv").output == figures)
        #expect(try bench.run("cards", "saved", "--format", "csv").output == figures)
        let report = try #require(runs["verify json"]).object()
        #expect(report["damaged"] as? Int == 0)
        let verdicts = report["files"] as? [[String: Any]] ?? []
        let kind = file == "snapshot" ? "snapshot" : "manifest"
        let statuses = verdicts.filter { $0["kind"] as? String == kind }.compactMap { $0["status"] as? String }
        #expect(statuses.allSatisfy { ["stale", "missing"].contains($0) }, "\(statuses)")
    }

    @Test("verify tells each file its verdict, under keys that scripts know")
    func verifyAsJSON() throws {
        let bench = try Self.prepared()
        let report = try bench.run("verify", "shop", "--format", "json").object()
        #expect(Set(report.keys) == ["events", "files", "torn_tail", "damaged", "is_being_written"])
        let files = try #require(report["files"] as? [[String: Any]])
        #expect(files.compactMap { $0["kind"] as? String } == ["segment", "manifest", "snapshot"])
        for file in files {
            #expect(Set(file.keys) == ["file", "kind", "status", "bytes", "batches", "events", "row", "error"])
            #expect(file["status"] as? String == "good")
        }
        try Self.damage(try Self.path(Self.segment, bench), .flippedByte)
        let damaged = try bench.run("verify", "shop", "--format", "json")
        #expect(damaged.status == 1)
        let verdict = try #require((damaged.object()["files"] as? [[String: Any]])?.first)
        let error = try #require(verdict["error"] as? [String: Any])
        let keys = ["code", "message", "offset", "position", "expected", "found", "flipped_byte", "flipped_bit"]
        #expect(Set(error.keys) == Set(keys))
        #expect(verdict["status"] as? String == "damaged" && verdict["row"] is String)
    }

    @Test("a backup tells what to write down, and refuses a target that is not free")
    func backup() throws {
        let bench = try Self.prepared()
        let run = try bench.run("backup", "shop", "--to", "copy")
        #expect(run.status == 0 && run.errors.isEmpty)
        let names = ["bytes", "events", "position", "chain"]
        #expect(names.allSatisfy { run.figure($0) != nil } && run.figure("chain")?.count == 64)
        #expect(try bench.run("verify", "copy").figure("events") == run.figure("events"))
        #expect(try bench.run("replay", "copy").figure("digest") == bench.run("replay", "shop").figure("digest"))
        let again = try bench.run("backup", "shop", "--to", "copy")
        #expect(again.status == 1 && again.errors.contains("no empty directory"))
        #expect(try bench.run("backup", "shop").status == 64)
        #expect(try bench.run("salvage", "shop", "--to", "copy").status == 1)
        #expect(try bench.run("salvage", "shop").status == 64)
        #expect(try bench.run("verify", "shop", "--format", "csv").status == 64)
        #expect(try bench.run("describe", "shop", "--depth", "bytes").status == 64)
    }
}

extension Workbench.Run {
    /// The one JSON object of the output.
    func object() throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
    }
}
