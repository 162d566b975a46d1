#!/usr/bin/env bash
# Walks through the ledger on real purchases: demo.sh LOYALTY LEDGER
set -eu
cd "$(dirname "$0")/.."
loyalty=$1
ledger=$2
rm -rf "$ledger"
mkdir -p "$(dirname "$ledger")"

say() { printf '\n\033[1m%s\033[0m\n' "$1"; }
[ -t 1 ] || say() { printf '\n%s\n' "$1"; }
run() { echo "\$ loyalty $*"; "$loyalty" "$@"; }

say "1. A program's rules become the first events of a new ledger: 1 stamp per 10.00 USD, 10 stamps a reward."
run init "$ledger" --program Fixtures/programs/coffee-per-transaction.json

say "2. 6,919 real purchases of 2,357 customers become stamps, rewards, visits and lifetime value, durably."
run import "$ledger" Fixtures/cdnow/purchases.csv --map card=card_id --map reference=basket_id --issue-cards

say "3. The same file again adds nothing: every row's command was answered once, for ever."
run import "$ledger" Fixtures/cdnow/purchases.csv --map card=card_id --map reference=basket_id --issue-cards

say "4. One customer's card, as support sees it."
run card "$ledger" 00111

say "5. Where its figures come from: the card's history, event by event (the last 8 lines)."
echo "\$ loyalty history $ledger 00111 | tail -8"
"$loyalty" history "$ledger" 00111 | tail -8

say "6. A refund of the newest purchases takes back lifetime value and stamps and leaves the rewards; what was not there is uncollected."
run import "$ledger" Fixtures/demo/refund.csv
run card "$ledger" 00111

say "7. Who comes often, who was not seen lately: RFM segments as of 1998-06-30 (cards per segment)."
echo "\$ loyalty rfm $ledger --as-of 1998-06-30 --scheme r-rfm --format csv | cut -d, -f8 | sort | uniq -c"
"$loyalty" rfm "$ledger" --as-of 1998-06-30 --scheme r-rfm --format csv | tail -n +2 | cut -d, -f8 | sort | uniq -c | sort -rn

say "8. Folding the whole log again from its first byte gives what the books say."
run replay "$ledger"

say "9. Every checksum, link and hash of every file holds."
run verify "$ledger"

say "10. A small cafe: three visits of card C-1042, a reward refused on Friday, and a market stall whose device was offline until Monday."
cafe=$(dirname "$ledger")/cafe.ledger
cases=$(dirname "$ledger")/cases
rm -rf "$cafe" "$cases"
# What happened at that time, and was learnt of at once.
at() { now=$1; shift; "$loyalty" do "$cafe" "$@" --now "$now" --occurred-at "$now" --issue-cards >/dev/null; }
run init "$cafe" --program Fixtures/programs/coffee-per-transaction.json --clock manual
at 2026-11-02T09:10:00-05:00 purchase --card C-1042 --amount 32.00 --reference 7/041 --staff Ana --device "till 7"
at 2026-11-09T08:55:00-05:00 purchase --card C-1042 --amount 24.50 --reference 7/066 --staff Ana --device "till 7"
at 2026-11-14T16:20:00-05:00 purchase --card C-1042 --amount 18.00 --reference 7/083 --staff Ben --device "till 7"
at 2026-11-18T12:31:00-05:00 purchase --card C-1077 --amount 27.50 --reference 7/118 --staff Ana --device "till 7"
at 2026-11-20T17:45:00-05:00 redeem-rewards --card C-1042 --quantity 1 --amount 0 --staff Ana --device "till 7" 2>/dev/null || true
run upload "$cafe" Fixtures/demo/stall.csv --device stall --now 2026-11-23T09:00:00-05:00 --issue-cards

say "11. The customer says: I had nine stamps on Friday. The till did not know it then; by now it is true."
run dispute "$cafe" C-1042 --claim "9 stamps on 2026-11-20"
run dispute "$cafe" C-1042 --claim "9 stamps on 2026-11-20" --to "$cases"

say "12. And a purchase of Wednesday is missing: its receipt went to another card. A case is opened, decided, put right and closed."
at 2026-11-24T10:05:00-05:00 open-case --card C-1042 --claim "purchase 27.50 on 2026-11-18 ref 7/118" --staff Eve
run dispute "$cafe" C-1042 --case 1
at 2026-11-24T10:10:00-05:00 decide-case --card C-1042 --case 1 --verdict refuted --staff Eve --internal-note "she shows the slip"
at 2026-11-24T10:12:00-05:00 refund --card C-1077 --amount 27.50 --refunds 7/118 --staff Eve --internal-note "case 1 of C-1042"
"$loyalty" do "$cafe" purchase --card C-1042 --amount 27.50 --reference 7/118 --occurred-at 2026-11-18T12:31:00-05:00 --id case-1-fix \
    --staff Eve --comment "We have corrected your card" --now 2026-11-24T10:14:00-05:00 >/dev/null
at 2026-11-24T10:15:00-05:00 remedy-case --card C-1042 --case 1 --command case-1-fix --amount 2.50 --staff Eve
at 2026-11-24T10:16:00-05:00 close-case --card C-1042 --case 1 --staff Eve
run dispute "$cafe" C-1042 --case 1 --for customer --to "$cases"

say "13. What the card shows now, with the arithmetic of each line (the last 12 lines)."
echo "\$ loyalty explain $cafe C-1042 | tail -12"
"$loyalty" explain "$cafe" C-1042 | tail -12
