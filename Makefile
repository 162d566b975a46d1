# The two commands a reader needs are `make demo` and `make test`; the rest is for contributors.

SWIFT ?= swift
LEDGER := .demo/shop.ledger

.PHONY: demo test lint imports format bench fuzz clean deps lz4

demo: lz4                 ## build release and walk through the CDNOW purchases
	$(SWIFT) build -c release --product loyalty
	scripts/demo.sh "$$($(SWIFT) build -c release --show-bin-path)/loyalty" $(LEDGER)

test: deps                ## every test that belongs in a commit; under 15 minutes on 2 cores
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build

lint:                     ## the formatter decides layout
	$(SWIFT) format lint --strict --parallel --recursive Package.swift Sources Tests Benchmarks

format:                   ## lay the code out
	$(SWIFT) format --in-place --parallel --recursive Package.swift Sources Tests Benchmarks

imports:                  ## targets import only what they declare, and arrows point one way
	scripts/check-imports.sh

bench: lz4                ## figures beside a raw write+fdatasync loop
	cd Benchmarks && $(SWIFT) run -c release LedgerBenchmarks

fuzz: lz4                 ## make fuzz TARGET=segment SECONDS=60
	scripts/fuzz.sh $(or $(TARGET),segment) $(or $(SECONDS),60)

deps: lz4                 ## and what the second reader needs, which tests compare with the library
	scripts/install-reader.sh

lz4:                      ## the one system library
	scripts/install-lz4.sh

clean:
	rm -rf .build .demo Benchmarks/.build
