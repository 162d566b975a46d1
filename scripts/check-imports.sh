#!/usr/bin/env bash
# Checks that every import of one of our targets by another is an arrow that DESIGN.md draws.
set -eu
cd "$(dirname "$0")/.."

allowed() {
    case "$1" in
        LoyaltyDomain | LogStorage | CIntrinsics) echo "" ;;
        Projections) echo "LoyaltyDomain" ;;
        LogFormat) echo "CLZ4 CIntrinsics" ;;
        EventLog | Snapshots) echo "LogFormat LogStorage" ;;
        EventCoding) echo "LoyaltyDomain LogFormat" ;;
        LoyaltyLedger) echo "CIntrinsics EventCoding EventLog LogFormat LogStorage LoyaltyDomain Projections Snapshots" ;;
        LoyaltyLedgerTesting) echo "EventCoding EventLog LogFormat LogStorage LoyaltyDomain LoyaltyLedger" ;;
        LogFuzz)
            echo "CLibFuzzer EventCoding EventLog LedgerImport LogFormat LogStorage LoyaltyDomain LoyaltyLedger" \
                "LoyaltyLedgerTesting Snapshots"
            ;;
        RuleTorture) echo "LoyaltyLedgerTesting" ;;
        LogTorture) echo "EventLog LogFormat LogStorage LoyaltyLedgerTesting Snapshots" ;;
        LedgerImport | LedgerLoad) echo "LoyaltyLedger" ;;
        loyalty) echo "LedgerImport LedgerLoad LoyaltyLedger EventLog LoyaltyDomain Projections" ;;
        *) echo "unknown target $1" >&2; return 1 ;;
    esac
}

ours="CLibFuzzer LoyaltyDomain Projections LogFormat LogStorage EventLog Snapshots EventCoding LoyaltyLedger LoyaltyLedgerTesting LedgerImport LedgerLoad loyalty CLZ4 CIntrinsics"
failures=0
for directory in Sources/*/; do
    target=$(basename "$directory")
    case "$target" in CLZ4 | CIntrinsics | CLibFuzzer) continue ;; esac
    may=" $(allowed "$target") "
    while read -r module; do
        case " $ours " in *" $module "*) ;; *) continue ;; esac
        case "$may" in
            *" $module "*) ;;
            *)
                echo "$target imports $module, which is no arrow of DESIGN.md:" >&2
                grep -rnE "^ *(@[a-zA-Z_]+ +)*((public|internal|package|private|fileprivate) +)?import $module( |$)" "$directory" >&2
                failures=$((failures + 1))
                ;;
        esac
    done < <(grep -rhoE "^ *(@[a-zA-Z_]+ +)*((public|internal|package|private|fileprivate) +)?import [A-Za-z0-9_]+" "$directory" \
        | awk '{ print $NF }' | sort -u)
done
if [ "$failures" -gt 0 ]; then exit 1; fi
echo "imports: all arrows point one way"
