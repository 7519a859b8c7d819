# `make run` and `make test` are all that a newcomer needs: both install what is missing.
SWIFT ?= swift
AS_OF := 2026-10-12T10:00:00+08:00
RULES := rules/technical-service
RELEASE := -c release --static-swift-stdlib
# Plugins that are programs of their own: FOLDER:PRODUCT, FOLDER below plugins/.
PLUGINS := stores/sqlite:docket-sqlite stores/postgresql:docket-postgresql notifiers/webhook:docket-webhook \
  notifiers/email:docket-email notifiers/alertmanager:docket-alertmanager

.PHONY: run test test-plugins build service plugins deps lint format dist check-dist bench bench-analysis bench-plugins \
  bench-startup fuzz clean

## run: build, then check the sample tickets with the reference rules
run: build
	@.build/release/docket check --rules $(RULES) --as-of $(AS_OF) $(RULES)/samples || [ $$? -eq 1 ]

## test: run every test of the core and of the plugins that are linked in
test: deps
	$(SWIFT) test

## test-plugins: run every test, those of the service and of all plugins against real servers too; installs the servers
test-plugins:
	@./scripts/install-dependencies tests
	./scripts/test-python-plugins
	$(SWIFT) build --build-tests --traits Plugins,Service
	@./scripts/place-plugins .build/debug $(PLUGINS)
	@# In three parts: some start browsers, a JVM and compilers, one kills a service 200 times, and the others mind the clock.
	@# No more tests at once than there are threads for them: one that waits for a process holds its thread.
	for part in "--filter docketTests" "--filter KillTests" "--skip docketTests --skip KillTests"; do \
	  PATH="$(CURDIR)/.build/python/bin:$$PATH" $(SWIFT) test --skip-build --traits Plugins,Service \
	    --experimental-maximum-parallelization-width $$(getconf _NPROCESSORS_ONLN) $$part || exit; \
	done

## build: the optimised binary, with the Swift runtime linked in; without any shared library where that can be
build: deps
	@# The C library starts no static program that names a path to look for shared libraries.
	DOCKET_STATIC=$$(./scripts/links-statically) $(SWIFT) build $(RELEASE) --disable-local-rpath --product docket

## service: the program that 'docket run' starts, placed beside docket
service: build
	@./scripts/install-dependencies plugins
	$(SWIFT) build $(RELEASE) --scratch-path .build/service --traits Service --product docket-run
	cp .build/service/release/docket-run .build/release/docket-run

## plugins: the plugins that are programs of their own, each into the folder of its manifest
plugins:
	@./scripts/install-dependencies plugins
	@for plugin in $(PLUGINS); do \
	  $(SWIFT) build $(RELEASE) --scratch-path .build/plugins --traits Plugins --product $${plugin#*:} || exit; \
	done
	@./scripts/place-plugins .build/plugins/release $(PLUGINS)

## deps: install the system libraries that the build needs, where they are missing
deps:
	@./scripts/install-dependencies

## dist: the Debian package and the archive, with all programs and plugins, into dist/
dist:
	@./scripts/install-dependencies plugins
	./packaging/dist

## check-dist: installs the package of 'make dist' in a fresh Debian and does the main job there; root only
check-dist:
	@./scripts/install-dependencies packages
	./packaging/check

## lint: layout and style
lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests plugins Benchmarks/expressions

## format: rewrite the sources in the project's layout
format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests plugins Benchmarks/expressions

## bench: ratios against a hand-written floor and other engines, in one run
bench: build
	$(SWIFT) build $(RELEASE) --product ExpressionBenchmark
	python3 Benchmarks/bench.py

## bench-analysis: the time that 'docket lint' takes for tables of 10,000 rows by 8 inputs
bench-analysis: build
	python3 Benchmarks/analysis/bench.py

## bench-plugins: tickets a second through plugins' processes, and from the stores beside the libraries that they use
bench-plugins: plugins
	$(SWIFT) build -c release --product sampleplugin
	$(SWIFT) build -c release --product pluginmeasurement
	for store in sample python-raw python-dicts; do \
	  PATH="$(CURDIR)/.build/release:$$PATH" PYTHONPATH=plugins/python \
	    .build/release/pluginmeasurement Tests/PluginMeasurement/plugins $$store 1000000 600 || exit; \
	done
	python3 Benchmarks/stores/bench.py

## bench-startup: one ticket with the reference rules, beside a C program that reads the same files; needs hyperfine
bench-startup: build
	python3 Benchmarks/startup/bench.py

## fuzz: a million texts for the parser of expressions, a million expressions for the evaluator
fuzz: deps
	DOCKET_FUZZ=1000000 $(SWIFT) test -c release -Xswiftc -enable-testing --scratch-path .build/fuzz --filter FuzzTests

clean:
	$(SWIFT) package clean
