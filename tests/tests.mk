# Tests: unit (one program per file, linked with its layer and those below it), lint, cli, screens, tty, faults, docs.

UNIT_PACKAGES = cmocka
UNIT = $(patsubst tests/unit/%.c,$(B)/unit/%,$(wildcard tests/unit/t_*.c))
below_base = base
below_text = text base
below_model = model text base
below_store = store model text base
below_exchange = exchange model text base
below_session = session store model text base
below_tui = tui session store model text base
below_cli = cli tui session exchange store model text base
below_term = term tui session store model text base

UNIT_LIBS := $(shell $(PKG_CONFIG) --libs $(UNIT_PACKAGES) 2>/dev/null)

$(B)/unit/%.o: tests/unit/%.c $(B)/flags | $(B)/unit/
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -Itests/unit -MMD -MP -c -o $@ $<

define unit_rules
$$(B)/unit/t_$(1)_%: $$(B)/unit/t_$(1)_%.o $(foreach l,$(below_$(1)),$$(B)/$(l).a)
	$$(call say,TEST,$$@)
	$$(Q)$$(CC) -o $$@ $$< $$(ALL_LDFLAGS) -Wl,--start-group \
	  $(foreach l,$(below_$(1)),$$(B)/$(l).a) -Wl,--end-group $$(PKG_LIBS) $$(UNIT_LIBS)
endef
$(foreach l,$(LAYERS),$(eval $(call unit_rules,$(l))))
.SECONDARY: $(UNIT:=.o)

# Sittings on a pty, with libvterm as the terminal.
TTY = $(B)/tty/sessions $(B)/tty/terminals
$(TTY): $(B)/tty/%: tests/tty/%.c tests/tty/tty.c tests/tty/tty.h $(B)/flags | $(B)/tty/
	$(call say,TEST,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -Itests/tty -o $@ $(filter %.c,$^) $(ALL_LDFLAGS) $(shell $(PKG_CONFIG) --libs vterm)

# Calls of a save that fail, and memory that there is not.
FAULTS = $(B)/faults/fault.so $(B)/faults/oom.so
$(B)/faults/%.so: tests/faults/%.c $(B)/flags | $(B)/faults/
	$(call say,TEST,$<)
	$(Q)$(CC) $(STD) $(WARN) -O1 -fPIC -shared -o $@ $<

# Kept inputs of the fuzzing targets: tests/README.md.
FUZZ = $(patsubst tests/fuzz/%.c,%,$(filter-out tests/fuzz/replay.c,$(wildcard tests/fuzz/*.c)))
fuzz_parts = -Wl,--start-group $(libs) -Wl,--end-group $(PKG_LIBS)
$(FUZZ:%=$(B)/fuzz/%): $(B)/fuzz/%: tests/fuzz/%.c tests/fuzz/replay.c tests/fuzz/fuzz.h $(libs) | $(B)/fuzz/
	$(call say,TEST,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -o $@ $< tests/fuzz/replay.c $(ALL_LDFLAGS) $(fuzz_parts)

# Look for new ones: make fuzz TARGET=records TIME=60 (seconds) [WITH=afl]; needs clang, or AFL++.
fuzz:
	@sh tests/fuzz/search.sh "$(TARGET)" "$(or $(TIME),60)" $(WITH)

# Times on a pty against less: tests/bench/README.md.
$(B)/bench/ptytime: tests/bench/ptytime.c $(B)/flags | $(B)/bench/
	$(call say,TEST,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -o $@ $< $(ALL_LDFLAGS)
# Speed of text/ alone.
$(B)/bench/textspeed: tests/bench/textspeed.c $(B)/text.a $(B)/base.a | $(B)/bench/
	$(call say,TEST,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -o $@ $< $(ALL_LDFLAGS) $(B)/text.a $(B)/base.a $(PKG_LIBS)
# How near clauses come to claims.
$(B)/bench/reach: tests/bench/reach.c $(B)/text.a $(B)/base.a | $(B)/bench/
	$(call say,TEST,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -o $@ $< $(ALL_LDFLAGS) $(B)/text.a $(B)/base.a $(PKG_LIBS)
# Events of libyaml, which the reading of many layers is held against.
$(B)/bench/yamlfloor: tests/bench/yamlfloor.c $(B)/flags | $(B)/bench/
	$(call say,TEST,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -o $@ $< $(ALL_LDFLAGS) $(PKG_LIBS)
bench: all $(B)/bench/ptytime $(B)/bench/textspeed $(B)/bench/yamlfloor
	@BUILD=$(B) sh tests/bench/bench.sh
	@BUILD=$(B) sh tests/bench/peers.sh
	@BUILD=$(B) sh tests/bench/scale.sh
	@BUILD=$(B) sh tests/bench/counts.sh

# Rewrite the golden screens; the difference is to be read before it is committed.
accept: all
	@BUILD=$(B) sh tests/screens/run.sh accept
	@git --no-pager diff --stat -- tests/screens

check: all unit lint $(TTY) $(FAULTS) $(FUZZ:%=$(B)/fuzz/%)
	@tests/run.sh $(B)

# The same in its long form, most of an hour: what is done a hundred times there is done a thousand times.
check-long:
	@GAINSAY_LONG=1 $(MAKE) check
	@sh tests/long/run.sh $(B)

unit: $(UNIT)

SOURCES = src/main.c $(wildcard src/*/*.[ch])
lint: $(libs)
	@awk -f tests/lint/layers.awk src/LAYERS $(SOURCES)
	@awk -f tests/lint/doors.awk $(SOURCES)
	@awk -f tests/lint/words.awk $(SOURCES)
	@awk -f tests/lint/size.awk tests/lint/size.known $(filter %.c,$(SOURCES))
	@sh tests/lint/headers.sh $(CC) $(STD) $(WARN) $(PKG_CFLAGS)
	$(if $(SAN)$(COV),,@sh tests/lint/globals.sh $(B))

# Generated parts of the pages from the program's tables.
docs: all
	@for page in $(PAGES) README.md ARCHITECTURE.md; do \
	  grep -q 'begin generated: ' $$page || continue; \
	  sh tests/docs/tables.sh $(B)/gainsay $$page >build/page && \
	  { cmp -s build/page $$page || { cp build/page $$page; echo "  DOCS  $$page"; }; } || exit 1; \
	done; rm -f build/page

-include $(wildcard $(B)/unit/*.d)
.PHONY: accept bench check check-long docs fuzz lint unit
