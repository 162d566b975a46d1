import EventLog
import LogFormat
import LoyaltyLedgerTesting
import Snapshots
import SystemPackage

/// One life of a log on a simulated disk: written, crashed, recovered, damaged, and compared with a model all along.
///
/// A life is a function of its seed.
final class Life {
    static let root: FilePath = "/ledger"

    let disk: SimulatedDisk
    let options: EventLogOptions
    let temper: Temper
    var random: SeededRandom
    var story: Story
    var model = LogModel()
    var log: EventLog?
    /// The newest snapshot whose writing succeeded.
    var snapshotPosition: UInt64 = 0
    var recordNumber: UInt64 = 0
    var clock: Int64 = 1_700_000_000_000

    var store: SnapshotStore { SnapshotStore(directory: Self.root.appending("snapshots"), storage: disk) }

    init(seed: UInt64, isTold: Bool = false) {
        var random = SeededRandom(seed: seed)
        temper = Temper(&random)
        disk = SimulatedDisk(seed: random.next(), writeBackPercent: random.pick([0, 20, 60]))
        var options = EventLogOptions(segmentCapacity: 64 << 10, now: { 1_700_000_000_000 })
        let id = LogID.random(using: &random)
        options.makeLogID = { id }
        self.options = options
        story = Story(isTold: isTold)
        self.random = random
    }

    /// Lives the life of a seed.
    ///
    /// - Throws: a ``Violation`` where the log broke its law.
    static func run(seed: UInt64) throws { try Life(seed: seed).live() }

    /// Lives it again and tells what happened, to the end or the first violation.
    static func tell(seed: UInt64) -> (story: String, violation: (any Error)?) {
        let life = Life(seed: seed, isTold: true)
        var violation: (any Error)?
        do {
            try life.live()
        } catch {
            violation = error
        }
        life.story.tellCalls(life.disk)
        return (life.story.text, violation)
    }

    func live() throws {
        try disk.createDirectory("/")
        try create()
        for _ in 0..<1 + random.below(4) {
            try work(steps: 1 + random.below(14))
            try end()
            try recover()
        }
        try finish()
        if let damage = temper.damage { try suffer(damage) }
    }

    func tell(_ step: @autoclosure () -> String) { story.tell(step(), disk) }

    /// What an open log shows must be what the law allows; from here on it is promised.
    func accept(_ opened: EventLog) throws {
        log = opened
        try model.accept(opened.head)
        let reader = opened.makeReader()
        try model.compare(reader, least: model.position)
        try checkSnapshots(reader)
        tell("recovered: position \(model.position), rows \(opened.openReport.rows.map(\.rawValue))")
    }

    /// Ends the process, and the machine if the power is off or by chance.
    func die(withMachine percent: Int) {
        log = nil
        guard disk.isOff || random.chance(percent) else {
            tell("the process dies")
            return disk.restart()
        }
        let unsynced = story.isTold ? Set(disk.unsynced) : []
        tell("the machine dies")
        disk.crash(temper.crashFaults, by: &random)
        if !unsynced.isEmpty { tell("    \(unsynced.count) pieces were not synced") }
    }
}
