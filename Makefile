# Everything here works on a machine that has Go, gcc and make; what else is
# needed is installed when it is missing (Debian and its kin).

TAGS    := migrated_fynedo,no_metadata,no_emoji
GOFLAGS := -trimpath
VERSION := $(shell sed -n 's/^Version = "\(.*\)"/\1/p' FyneApp.toml)
export GOFLAGS

BUILD_PACKAGES   := libgl1-mesa-dev xorg-dev libwayland-dev libxkbcommon-dev
TEST_PACKAGES    := xvfb libgl1-mesa-dri openbox xdotool imagemagick poppler-utils qpdf
WINDOWS_PACKAGES := gcc-mingw-w64-x86-64

.PHONY: run build test lint bench windows pictures deps-build deps-test deps-windows

# The main job on the sample hospital; with a display, the window on it.
run: build
	rm -rf out/demo
	bin/qingfengctl demo --out out/demo
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then bin/qingfeng --data out/demo; \
	else echo "No display: the window was not opened. Look at out/demo/output for the papers."; fi

build: deps-build
	go build -tags $(TAGS) -o bin/ ./cmd/...

# Window tests need a virtual display, paper tests pdftotext and qpdf.
test: deps-build deps-test
	go test -tags $(TAGS) -timeout 20m ./...

lint: deps-build
	@out=$$(gofmt -l assets cmd model report ui); if [ -n "$$out" ]; then echo "gofmt: $$out"; exit 1; fi
	go vet -tags $(TAGS) ./...
	go tool staticcheck -tags $(TAGS) ./...

# Speed as ratios against floors measured in the same run.
bench: deps-build deps-test
	go test -tags $(TAGS) -run '^$$' -bench . -benchtime 1x -timeout 30m ./model/... ./report/... ./cmd/qingfeng

# The pictures of the READMEs, taken from the run of the real window.
pictures: build deps-test
	QINGFENG_PICTURES=$(CURDIR)/assets/pictures go test -tags $(TAGS) -count=1 -run 'RealWindow|SampleHospital' -v ./cmd/qingfeng

windows: deps-build deps-windows
	go tool go-winres simply --arch amd64 --out cmd/qingfeng/rsrc --icon assets/icons/qingfeng.png --manifest gui \
		--product-name 清风 --file-description 清风 --product-version $(VERSION) --file-version $(VERSION)
	CGO_ENABLED=1 GOOS=windows GOARCH=amd64 CC=x86_64-w64-mingw32-gcc \
		go build -tags $(TAGS) -ldflags "-H windowsgui -s -w" -o bin/qingfeng.exe ./cmd/qingfeng
	rm -f cmd/qingfeng/rsrc_windows_amd64.syso
	CGO_ENABLED=0 GOOS=windows GOARCH=amd64 go build -ldflags "-s -w" -o bin/qingfengctl.exe ./cmd/qingfengctl

# install PACKAGES: what dpkg does not know yet, as root or with sudo.
define install
	@missing=$$(for p in $(1); do dpkg -s $$p >/dev/null 2>&1 || echo $$p; done); \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if ! command -v apt-get >/dev/null; then echo "Please install what your system calls: $$missing"; exit 1; fi; \
	if [ "$$(id -u)" = 0 ]; then as=""; elif command -v sudo >/dev/null; then as=sudo; \
	else echo "Please run as root: apt-get install $$missing"; exit 1; fi; \
	$$as apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$as apt-get install -y -qq $$missing >/dev/null
endef

# Without dpkg nobody can tell what is missing; the compiler will say.
deps-build:
	$(if $(shell command -v dpkg),$(call install,$(BUILD_PACKAGES)),@true)

deps-test:
	$(if $(shell command -v dpkg),$(call install,$(TEST_PACKAGES)),@true)

deps-windows:
	$(if $(shell command -v dpkg),$(call install,$(WINDOWS_PACKAGES)),@true)
