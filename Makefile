# The two commands a reader needs are `make demo` and `make test`; the rest is for contributors.

SWIFT ?= swift
LEDGER := .demo/shop.ledger
LIVES ?= 1000000
SEED ?= 1
KILLS ?= 10000
TORTURE_FLAGS := -c release -Xswiftc -DMUTANTS --scratch-path .build/torture
TORTURE = $$($(SWIFT) build $(TORTURE_FLAGS) --show-bin-path)/LogTorture

.PHONY: demo test torture torture-short torture-build torture-rules lint imports format bench fuzz clean deps lz4

demo: lz4                 ## build release and walk through the CDNOW purchases
	$(SWIFT) build -c release --product loyalty
	scripts/demo.sh "$$($(SWIFT) build -c release --show-bin-path)/loyalty" $(LEDGER)

test: deps                ## every test that belongs in a commit; under 15 minutes on 2 cores
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build
	$(MAKE) torture-short

torture: torture-build    ## make torture LIVES=1000000 SEED=1 KILLS=10000: the whole proof, hours
	$(TORTURE) sequences
	$(TORTURE) mutants --seed $(SEED)
	$(TORTURE) lives --count $(LIVES) --seed $(SEED)
	$(TORTURE) damage
	$(TORTURE) kills --count $(KILLS) --seed $(SEED)
	$(MAKE) torture-rules SEED=$(SEED)

torture-short: torture-build ## the part of it that belongs to `make test`; under 3 minutes
	$(TORTURE) mutants --seed $(SEED)
	$(TORTURE) lives --count 20000 --seed $(SEED)
	$(TORTURE) damage --sample 10
	$(TORTURE) kills --count 50 --seed $(SEED)
	$(SWIFT) build $(TORTURE_FLAGS) --product RuleTorture
	"$$($(SWIFT) build $(TORTURE_FLAGS) --show-bin-path)/RuleTorture" --commands 20000 --seed $(SEED)

torture-build: lz4
	$(SWIFT) build $(TORTURE_FLAGS) --product LogTorture

lint:                     ## the formatter decides layout
	$(SWIFT) format lint --strict --parallel --recursive Package.swift Sources Tests Benchmarks

format:                   ## lay the code out
	$(SWIFT) format --in-place --parallel --recursive Package.swift Sources Tests Benchmarks

imports:                  ## targets import only what they declare, and arrows point one way
	scripts/check-imports.sh

bench: lz4                ## make bench EVENTS=10000000 CARDS=1000000 LINES=1,4 ROUNDS=3 BENCH_DIR=/mnt/x FRESH=1: figures beside other stores
	scripts/install-bench-peers.sh
	$(MAKE) -C Benchmarks/Peers
	cd Benchmarks && $(SWIFT) build -c release
	Benchmarks/run.py $(if $(EVENTS),--events $(EVENTS)) $(if $(CARDS),--cards $(CARDS)) $(if $(ROUNDS),--rounds $(ROUNDS)) \
		$(if $(BENCH_DIR),--dir $(BENCH_DIR)) $(if $(FRESH),--fresh) \
		$(if $(filter command%,$(origin LINES)),--lines $(LINES))

fuzz: lz4                 ## make fuzz TARGET=segment SECONDS=60
	scripts/fuzz.sh $(or $(TARGET),segment) $(or $(SECONDS),60)

torture-rules: lz4        ## make torture-rules COMMANDS=1000000 SEED=1: random shops of all card types
	$(SWIFT) build -c release --product RuleTorture
	"$$($(SWIFT) build -c release --show-bin-path)/RuleTorture" --commands $(or $(COMMANDS),1000000) --seed $(or $(SEED),1)

deps: lz4                 ## and what the second reader needs, which tests compare with the library
	scripts/install-reader.sh

lz4:                      ## the one system library
	scripts/install-lz4.sh

clean:
	rm -rf .build .demo Benchmarks/.build Benchmarks/.data
