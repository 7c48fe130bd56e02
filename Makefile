# gainsay: terminal reader and annotator for close reading.
#   make            the program, build/gainsay       make run      the sample corpus in the reader
#   make check      every test and lint              make help     all targets and variables
#
# DEV=1 debug and -Werror; SAN=address,undefined sanitizers; CC=clang; V=1 whole command lines.
# Objects of different settings live apart in build/VARIANT, so switching rebuilds nothing.

PREFIX ?= /usr/local
BINDIR ?= $(PREFIX)/bin
MANDIR ?= $(PREFIX)/share/man
DATADIR ?= $(PREFIX)/share
CC ?= cc
AR ?= ar
PKG_CONFIG ?= pkg-config
INSTALL ?= install
CFLAGS ?= -O2 -g

PACKAGES = ncursesw yaml-0.1 libutf8proc libpcre2-8 jansson nettle gumbo
LAYERS = term cli tui session exchange store model text base

variant := $(notdir $(CC))$(if $(DEV),-dev)$(if $(SAN),-san)$(if $(COV),-cov)
B := build/$(variant)

STD = -std=c17 -D_GNU_SOURCE -Isrc -I$(B)/gen
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
  -Wold-style-definition -Wundef -Wvla -Wwrite-strings -Wpointer-arith -Wcast-align -Wcast-qual \
  -Wformat=2 -Wswitch-enum -Wnull-dereference -Wdate-time -Wdouble-promotion -fno-common
HARDEN = -fstack-protector-strong -fPIE
CFLAGS_DEV = -O1 -g -Werror
ALL_CFLAGS = $(STD) $(WARN) $(HARDEN) $(if $(DEV),$(CFLAGS_DEV),$(if $(SAN)$(COV),,-D_FORTIFY_SOURCE=2) $(CFLAGS)) \
  $(if $(SAN),-fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer) \
  $(if $(COV),--coverage -O0) $(PKG_CFLAGS) $(CPPFLAGS)
ALL_LDFLAGS = -pie -Wl,-z,relro,-z,now $(if $(SAN),-fsanitize=$(SAN)) $(if $(COV),--coverage) $(LDFLAGS)
PKG_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PACKAGES) 2>/dev/null)
PKG_LIBS := $(shell $(PKG_CONFIG) --libs $(PACKAGES) 2>/dev/null)
PKG_LIBS += -lm
# The program has its libraries in it where their archives are at hand: eight files less to find, map and
# bind are a quarter of the time to the first picture. LINK=shared: as distributions want it.
archive = $(filter /%,$(shell $(CC) -print-file-name=lib$(1).a))
ifeq ($(LINK)$(SAN)$(COV),)
PROGRAM_LIBS := $(foreach l,$(filter-out -lm,$(PKG_LIBS)),$(or $(if $(filter -l%,$(l)),$(call archive,$(l:-l%=%))),$(l))) -lm
else
PROGRAM_LIBS = $(PKG_LIBS)
endif

strict = $(if $(filter base text model store,$(1)),-Wconversion)
objects = $(patsubst src/%.c,$(B)/%.o,$(wildcard src/$(1)/*.c))
libs = $(foreach l,$(LAYERS),$(B)/$(l).a)
Q = $(if $(V),,@)
say = $(if $(V),,@printf '  %-5s %s\n' $(1) $(2))

all: build/gainsay

build/gainsay: $(B)/gainsay
	$(Q)ln -sf $(variant)/gainsay $@

$(B)/gainsay: $(B)/main.o $(libs) $(B)/flags $(B)/program_libs
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $(B)/main.o -Wl,--start-group $(libs) -Wl,--end-group $(PROGRAM_LIBS)

define layer_rules
$$(B)/$(1).a: $$(call objects,$(1)) | $$(B)/
	$$(call say,AR,$$@)
	$$(Q)rm -f $$@ && $$(AR) rcs $$@ $$^
$$(B)/$(1)/%.o: src/$(1)/%.c $$(B)/flags | $$(B)/$(1)/
	$$(call say,CC,$$<)
	$$(Q)$$(CC) $$(ALL_CFLAGS) $$(call strict,$(1)) -MMD -MP -c -o $$@ $$<
endef
$(foreach l,$(LAYERS),$(eval $(call layer_rules,$(l))))

$(B)/main.o: src/main.c $(B)/flags
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# A style sheet or script as lines of C strings.
$(B)/gen/exchange/%.inc: src/exchange/% | $(B)/gen/exchange/
	$(Q)sed 's/\\/&&/g; s/"/\\"/g; s/.*/"&\\n",/' $< > $@
$(B)/exchange/report_files.o: $(B)/gen/exchange/report.css.inc $(B)/gen/exchange/report.js.inc

# Flags as text: a change of them rebuilds (and a missing library is named before anything is compiled).
$(B)/flags: FORCE | $(B)/
	@$(PKG_CONFIG) --exists --print-errors $(PACKAGES) || { echo "see 'Install' in README.md" >&2; exit 1; }
	@echo '$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS)' | cmp -s - $@ || echo '$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS)' > $@
$(B)/program_libs: FORCE | $(B)/
	@echo '$(PROGRAM_LIBS)' | cmp -s - $@ || echo '$(PROGRAM_LIBS)' > $@

.PRECIOUS: %/
%/:
	@mkdir -p $@

-include tests/tests.mk

run: all
	./build/gainsay --as ana read

PAGES = $(wildcard man/*.[157])

# Scripts by which a shell completes command lines, and where it looks for them.
COMPLETIONS = bash-completion/completions/gainsay zsh/site-functions/_gainsay fish/vendor_completions.d/gainsay.fish
$(COMPLETIONS:%=$(B)/share/%): $(B)/gainsay
	$(call say,MAKE,$@)
	$(Q)mkdir -p $(@D) && $(B)/gainsay completion $(patsubst %-completion,%,$(firstword $(subst /, ,$(@:$(B)/share/%=%)))) > $@

install: all $(COMPLETIONS:%=$(B)/share/%)
	$(INSTALL) -d $(DESTDIR)$(BINDIR)
	$(INSTALL) -m 755 $(B)/gainsay $(DESTDIR)$(BINDIR)/gainsay
	for page in $(PAGES); do \
	  section=$(DESTDIR)$(MANDIR)/man$${page##*.}; \
	  $(INSTALL) -d $$section && $(INSTALL) -m 644 $$page $$section/ || exit 1; \
	done
	for script in $(COMPLETIONS); do \
	  $(INSTALL) -d $(DESTDIR)$(DATADIR)/$${script%/*} && \
	  $(INSTALL) -m 644 $(B)/share/$$script $(DESTDIR)$(DATADIR)/$$script || exit 1; \
	done

uninstall:
	rm -f $(DESTDIR)$(BINDIR)/gainsay
	for page in $(PAGES); do \
	  rm -f $(DESTDIR)$(MANDIR)/man$${page##*.}/$$(basename $$page) || exit 1; \
	done
	rm -f $(COMPLETIONS:%=$(DESTDIR)$(DATADIR)/%)

fmt:
	clang-format -i $(wildcard src/*.c src/*/*.c tests/unit/*.c tests/tty/*.c)

clean:
	rm -rf build

define HELP
targets
  all        the program (default)         run        the sample corpus in the reader
  check      every test and lint           lint       lint alone
  check-long the same, for an hour         fuzz       look for inputs that break it
  docs       make the tables of man/ anew  accept     take the screens as they are for golden
  bench      figures beside less and vim   fmt        clang-format
  install, uninstall                       clean
variables
  CC=clang  DEV=1 (-Werror)  SAN=address,undefined  COV=1  V=1 (whole command lines)
  LINK=shared (libraries by themselves, for packages)
  PREFIX=$(PREFIX)  BINDIR  MANDIR  DATADIR  DESTDIR  CFLAGS  LDFLAGS
endef
export HELP
help:
	@echo "$$HELP"

FORCE:
.PHONY: all run install uninstall fmt clean help FORCE
.DELETE_ON_ERROR:
.SECONDARY:
-include $(wildcard $(B)/*.d $(B)/*/*.d)
