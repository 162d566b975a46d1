import ArgumentParser
import LoyaltyLedger

/// `loyalty staff`: what each staff member did.
struct StaffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staff",
        abstract: "Show what each staff member did: sales, manual stamps, corrections, rewards.",
        discussion: """
            One row per staff member and program; the row without a name is what named nobody. Uncollected stamps were \
            due back and already gone, as where a reward was redeemed before the refund.

              loyalty staff shop.ledger --from 2026-11-01 --to 2026-11-30
            """
    )

    @OptionGroup var ledger: LedgerArgument

    @Option(
        help: ArgumentHelp("The first local day that counts.", valueName: "yyyy-mm-dd"),
        transform: LocalDay.argument
    )
    var from: LocalDay?

    @Option(
        help: ArgumentHelp("The last local day that counts.", valueName: "yyyy-mm-dd"),
        transform: LocalDay.argument
    )
    var to: LocalDay?

    @OptionGroup var pointInTime: PointInTimeOptions

    @Option(help: "table, csv or json.")
    var format: OutputFormat = .table

    func run() async throws {
        let first = from ?? LocalDay(daysSince1970: .min)
        let last = to ?? LocalDay(daysSince1970: .max)
        guard first <= last else {
            throw CommandFailure.usage("--from \(first) is after --to \(last)", hint: "Give the earlier day first.")
        }
        let opened = try await ledger.openForReading()
        let point = try pointInTime.point(in: opened)
        let entries = try await ledger.reading { try await opened.staffActivity(on: first...last, asOf: point) }
        let report = Report(columns: StaffColumns.all, rows: entries.map(StaffColumns.cells))
        try StandardOutput.print(report, as: format, asOf: point, in: opened)
    }
}

/// The columns of the list of staff.
enum StaffColumns {
    /// The columns, in the order that scripts rely on.
    static let all = [
        Column("staff"), Column("program"), Column("transactions"),
        Column("stamps_earned", title: "earned"),
        Column("stamps_withheld", .dataOnly),
        Column("manual_additions", title: "additions"),
        Column("stamps_added", title: "added"),
        Column("manual_removals", title: "removals"),
        Column("stamps_removed", title: "removed"),
        Column("corrections"),
        Column("amount_refunded_minor", title: "refunded"),
        Column("stamps_uncollected", title: "uncollected"),
        Column("rewards_granted", title: "granted"),
        Column("rewards_redeemed", title: "redeemed"),
        Column("rewards_removed", .dataOnly),
        Column("conflicts", .dataOnly),
        Column("refusals"),
    ]

    /// The cells of a row, one for each column.
    static func cells(of entry: StaffEntry) -> [Cell] {
        let activity = entry.activity
        return [
            .text(entry.staff?.text),
            .text(entry.program.id.text),
            .integer(activity.transactions),
            .integer(activity.stampsEarned),
            .integer(activity.stampsWithheld),
            .integer(activity.manualAdditions),
            .integer(activity.stampsAdded),
            .integer(activity.manualRemovals),
            .integer(activity.stampsRemoved),
            .integer(activity.corrections),
            .amount(activity.amountRefunded, in: entry.program.currency),
            .integer(activity.stampsUncollected),
            .integer(activity.rewardsGranted),
            .integer(activity.rewardsRedeemed),
            .integer(activity.rewardsRemoved),
            .integer(activity.conflicts),
            .integer(activity.refusals),
        ]
    }
}
