import Foundation
import Testing

/// `loyalty generate` fills a ledger that is like any other one.
@Suite struct GenerateCommandTests {
    @Test func theSameOptionsGiveTheSameLedger() throws {
        let bench = try Workbench()
        let options = ["--events", "800", "--cards", "40", "--seed", "9", "--batch", "300"]
        for name in ["one", "two"] {
            let run = try bench.finish(bench.start(["generate", name, "--rows", "\(name).rows"] + options))
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.figure("repeats") == "0" && run.figure("refused") == "0", "\(run.output)")
        }
        let digests = try ["one", "two"].map { try bench.run("replay", $0).figure("digest") }
        #expect(digests[0] != nil && digests[0] == digests[1])
        let rows = try ["one", "two"].map { try Data(contentsOf: bench.directory.appending(path: "\($0).rows")) }
        #expect(rows[0] == rows[1] && rows[0].count > 800 * 48)
        #expect(try bench.run("verify", "one").status == 0)
    }

    @Test func madeAgainItRecordsNothing() throws {
        let bench = try Workbench()
        let options = ["generate", "load", "--events", "300", "--cards", "20"]
        let first = try bench.finish(bench.start(options))
        let again = try bench.finish(bench.start(options))
        #expect(again.status == 0 && again.figure("commands") == first.figure("commands"))
        #expect(again.figure("repeats") == again.figure("commands"))
    }

    @Test func leavesOtherLedgersAlone() throws {
        let bench = try Workbench()
        try bench.run("init", "shop", "--program", Workbench.perTransaction)
        let before = try bench.run("replay", "shop").figure("events")
        let run = try bench.run("generate", "shop", "--events", "100")
        #expect(run.status == 1 && run.errors.contains("no ledger of made-up work"), "\(run.errors)")
        #expect(try bench.run("replay", "shop").figure("events") == before)
    }

    @Test(arguments: [["--events", "0"], ["--cards", "0"], ["--cards", "10000001"], ["--batch", "0"]])
    func refusesSizesThatMakeNoSense(options: [String]) throws {
        let bench = try Workbench()
        #expect(try bench.finish(bench.start(["generate", "load"] + options)).status == 64)
        #expect(!bench.exists("load"))
    }

    @Test func saysWhenTheRowsCannotBeWritten() throws {
        let bench = try Workbench()
        let run = try bench.run("generate", "load", "--events", "100", "--cards", "10", "--rows", "no/such/place")
        #expect(run.status == 1 && run.errors.contains("the rows cannot be written"), "\(run.errors)")
    }
}
