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
