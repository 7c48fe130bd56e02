// Every verb: what it does to the records, and that undo and redo give the same bytes.
#include "sitting.h"

// ---- do, undo, redo ----------------------------------------------------------------------------

static struct sv new_id; // of what the last verb made

static bool do_mark(struct sitting *t, struct err *err)
{
    struct byte_span spans[] = { sitting_span(t->blast, " IS wrote "),
                                 sitting_span(t->blast, "Nobody") };

    return verb_mark(t->session, t->blast, spans, 2, &new_id, err);
}

static bool do_set_span(struct sitting *t, struct err *err)
{
    struct byte_span span = sitting_span(t->blast, "died in Kabul");

    return verb_set_span(t->session, t->blast, t->dead, &span, 1, err);
}

static bool do_move_note(struct sitting *t, struct err *err)
{
    struct byte_span span = sitting_span(t->blast, "later");

    return verb_set_span(t->session, t->blast, t->note, &span, 1, err);
}

static bool do_add_part(struct sitting *t, struct err *err)
{
    return verb_add_part(t->session, t->blast, t->five, sitting_span(t->blast, "Nobody"), err);
}

static bool do_split(struct sitting *t, struct err *err)
{
    size_t pos = sitting_span(t->blast, "died too").beg;

    return verb_split(t->session, t->blast, t->five, pos, &new_id, err);
}

static bool do_join(struct sitting *t, struct err *err)
{
    return verb_join(t->session, t->blast, t->dead, t->five, err);
}

static bool do_delete_claim(struct sitting *t, struct err *err)
{
    return verb_delete(t->session, t->blast, t->five, err);
}

static bool do_delete_far_claim(struct sitting *t, struct err *err)
{
    return verb_delete(t->session, t->fall, t->six, err);
}

static bool do_delete_link(struct sitting *t, struct err *err)
{
    return verb_delete(t->session, t->blast, t->link, err);
}

static bool do_delete_note(struct sitting *t, struct err *err)
{
    return verb_delete(t->session, t->blast, t->note, err);
}

static bool do_edit(struct sitting *t, struct err *err)
{
    struct claim *edit =
        record_edit(change_arena(t->blast), KIND_CLAIM, sitting_claim(t->blast, t->dead));

    edit->type = SV("event");
    edit->note = SV("two\nlines");
    return verb_edit(t->session, t->blast, SECTION_CLAIMS, edit, "edit", err);
}

static bool do_set_says(struct sitting *t, struct err *err)
{
    return verb_set_field(t->session, t->blast, SECTION_CLAIMS, t->dead, "says", SV(" He: died "),
                          err);
}

static bool do_set_why(struct sitting *t, struct err *err)
{
    return verb_set_field(t->session, t->blast, SECTION_CLAIMS, t->dead, "contested.why",
                          SV("no second source"), err);
}

static bool do_contest(struct sitting *t, struct err *err)
{
    return verb_contest(t->session, t->blast, t->dead, err);
}

static bool do_attribute(struct sitting *t, struct err *err)
{
    struct new_voice voice = { .source = SV("government"),
                               .act = SV("confirms"),
                               .quoting = SV("indirect"),
                               .certainty = SV("certain"),
                               .unsure = true,
                               .cue = sitting_span(t->blast, " the government confirmed") };

    return verb_attribute(t->session, t->blast, t->five, &voice, NULL, err);
}

static bool do_attribute_inside(struct sitting *t, struct err *err)
{
    struct new_voice voice = { .source = SV("is") };
    size_t first = 0;

    return verb_attribute(t->session, t->blast, t->dead, &voice, &first, err);
}

static bool do_drop_voice(struct sitting *t, struct err *err)
{
    return verb_drop_voice(t->session, t->blast, t->dead, 0, 0, err);
}

static bool do_repeat_voice(struct sitting *t, struct err *err)
{
    return verb_repeat_voice(t->session, t->blast, t->five, err);
}

static bool do_link_within(struct sitting *t, struct err *err)
{
    struct new_link link = { .type = SV("contradicts"), .why = SV("who?"), .strict = true };

    return verb_link(t->session, t->blast, t->dead, t->blast, t->named, &link, &new_id, err);
}

static bool do_link_passage(struct sitting *t, struct err *err)
{
    struct new_link link = { .type = SV("contradicts") };
    struct byte_span span = sitting_span(t->fall, "The minister was shot");

    return verb_link_passage(t->session, t->blast, t->dead, t->fall, span, &link, &new_id, err);
}

static bool do_omits(struct sitting *t, struct err *err)
{
    struct sv searched[] = { SV("named"), SV(" name "), SV("") };

    return verb_omits(t->session, t->blast, t->named, SV(SPACE_FALL), searched, 3, &new_id, err);
}

static bool do_turn_link(struct sitting *t, struct err *err)
{
    return verb_turn_link(t->session, t->blast, t->order, err);
}

static bool do_furniture(struct sitting *t, struct err *err)
{
    return verb_furniture(t->session, t->fall, sitting_span(t->fall, "some said."), &new_id, err);
}

static bool do_note(struct sitting *t, struct err *err)
{
    return verb_note(t->session, t->fall, sitting_span(t->fall, "shot"), SV("question"),
                     SV("by whom?\n\nand when?"), &new_id, err);
}

static bool do_read(struct sitting *t, struct err *err)
{
    return verb_read(t->session, t->blast, (struct byte_span){ 0, 40 }, true, err);
}

static bool do_new_source(struct sitting *t, struct err *err)
{
    return verb_new_source(t->session, SV(" United Nations "), SV("organisation"), &new_id, err);
}

static bool do_add_alias(struct sitting *t, struct err *err)
{
    return verb_add_alias(t->session, SV("is"), SV("ISKP"), err);
}

static const struct {
    const char *name;
    bool (*verb)(struct sitting *t, struct err *err);
} verbs[] = {
    { "mark", do_mark },
    { "set_span", do_set_span },
    { "set_span of a note", do_move_note },
    { "add_part", do_add_part },
    { "split", do_split },
    { "join", do_join },
    { "delete claim", do_delete_claim },
    { "delete far claim", do_delete_far_claim },
    { "delete link", do_delete_link },
    { "delete note", do_delete_note },
    { "edit", do_edit },
    { "set_field says", do_set_says },
    { "set_field contested.why", do_set_why },
    { "contest", do_contest },
    { "attribute", do_attribute },
    { "attribute inside", do_attribute_inside },
    { "drop_voice", do_drop_voice },
    { "repeat_voice", do_repeat_voice },
    { "link", do_link_within },
    { "link_passage", do_link_passage },
    { "omits", do_omits },
    { "turn_link", do_turn_link },
    { "furniture", do_furniture },
    { "note", do_note },
    { "read", do_read },
    { "new_source", do_new_source },
    { "add_alias", do_add_alias },
};

static void same_bytes(const char *name, const char *when, struct sitting *t, const char *want)
{
    char *got = sitting_bytes(t);

    if (strcmp(got, want) != 0)
        fail_msg("%s, %s:\n%s\n-- instead of\n%s", name, when, got, want);
    mem_free(got);
}

static void check_undo_and_redo(struct sitting *t)
{
    for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
        struct err err = { 0 };
        char *before = sitting_bytes(t);

        if (!verbs[i].verb(t, &err))
            fail_msg("%s: %s", verbs[i].name, buf_cstr(&err.text));

        char *after = sitting_bytes(t);

        if (strcmp(before, after) == 0)
            fail_msg("%s changed nothing", verbs[i].name);
        sitting_undo(t);
        same_bytes(verbs[i].name, "undone", t, before);
        sitting_redo(t);
        same_bytes(verbs[i].name, "done again", t, after);
        sitting_undo(t);
        same_bytes(verbs[i].name, "undone again", t, before);
        mem_free(before);
        mem_free(after);
    }
    assert_true(session_is_saved(t->session));
}

static void undo_and_redo_give_the_same_bytes(void **state)
{
    check_undo_and_redo(*state);
}

// Comments, quotes and blanks that the program would not write itself.
static void write_by_hand(struct sitting *t, const char *file)
{
    char *bytes = space_read(t->space, file);
    struct sv rest = sv_from(bytes), line;
    struct buf out = { 0 };

    buf_add_cstr(&out, "# a file of mine\n");
    while (sv_split(&rest, '\n', &line)) {
        if (sv_starts(line, SV("- id: ")))
            buf_addf(&out, "# about the next\n" SV_FMT "   # its id\n  # its fields\n",
                     SV_ARG(line));
        else if (sv_starts(line, SV("  type: ")))
            buf_addf(&out, "  type:    '" SV_FMT "' # chosen\n", SV_ARG(sv_sub(line, 8, line.len)));
        else if (line.len || !sv_is_absent(rest))
            buf_addf(&out, SV_FMT "\n", SV_ARG(line));
    }
    buf_add_cstr(&out, "# the end\n");
    space_write(t->space, file, buf_cstr(&out));
    mem_free(bytes);
    buf_release(&out);
}

static void undo_gives_back_what_was_written_by_hand(void **state)
{
    struct sitting *t = *state;
    struct new_voice media = { .source = SV("local-media") };
    struct err err = { 0 };

    for (size_t i = 0; i < SITTING_FILES; i++)
        write_by_hand(t, sitting_files[i]);
    sitting_reopen(t);
    sitting_must(verb_attribute(t->session, t->blast, t->named, &media, NULL, &err), &err);
    sitting_undo(t); // for the verb that repeats it
    check_undo_and_redo(t);
    for (size_t i = 0; i < SITTING_FILES; i++)
        assert_true(space_has(t->space, sitting_files[i], "# about the next\n- id: "));
}

static void saved_files_hold_what_memory_holds(void **state)
{
    struct sitting *t = *state;

    for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
        struct err err = { 0 };
        struct reading *blast, *fall;

        sitting_must(verbs[i].verb(t, &err), &err);

        struct session *fresh = sitting_open(t->space, &blast, &fall);

        for (enum section s = 0; s < SECTION__N; s++) {
            const struct layer *a = &t->blast->file.layer, *b = &blast->file.layer;

            assert_int_equal(a->sections[s].count, b->sections[s].count);
            for (size_t j = 0; j < a->sections[s].count; j++)
                assert_true(record_eq(section_get(s)->kind, a->sections[s].items[j],
                                      b->sections[s].items[j]));
        }
        session_free(fresh);
        sitting_undo(t);
    }
}

// ---- what each does ----------------------------------------------------------------------------

static void mark_trims_sorts_and_joins(void **state)
{
    struct sitting *t = *state;
    struct byte_span spans[] = { sitting_span(t->blast, " the government "),
                                 sitting_span(t->blast, "Five others"),
                                 sitting_span(t->blast, "others died ") };
    struct err err = { 0 };
    struct sv id;

    sitting_must(verb_mark(t->session, t->blast, spans, 3, &id, &err), &err);

    const struct claim *claim = sitting_claim(t->blast, id);
    const struct part *first = claim->span.items[0], *second = claim->span.items[1];

    assert_int_equal(claim->span.count, 2);
    assert_true(sv_eq(first->quote, SV("Five others died")));
    assert_true(sv_eq(second->quote, SV("the government")));
    assert_true(sv_eq(claim->created, SV("2026-11-22T03:10:00Z")));
    assert_true(id_is_valid(id, 'c'));
    assert_true(sv_is_absent(claim->type)); // nothing is guessed
}

static void mark_of_nothing_is_refused(void **state)
{
    struct sitting *t = *state;
    struct byte_span blank = sitting_span(t->blast, "\n\n");
    struct err err = { 0 };
    struct sv id;

    assert_false(verb_mark(t->session, t->blast, &blank, 1, &id, &err));
    assert_int_equal(err.code, E_SPAN);
    err_release(&err);
}

static void positions_count_code_points(void **state)
{
    struct sitting *t = *state;
    struct sv id = sitting_mark(t, t->blast, "IS wrote");
    const struct part *part = sitting_claim(t->blast, id)->span.items[0];
    struct byte_span span = sitting_span(t->blast, "IS wrote");

    assert_int_equal(part->at.beg, span.beg - 4); // two curly quotes of three bytes before it
    assert_true(sv_ends(part->before, SV("us,\xE2\x80\x9D ")));
}

static void last_part_cannot_be_dropped(void **state)
{
    struct sitting *t = *state;
    struct err err = { 0 };
    struct byte_span more = sitting_span(t->blast, "Nobody");

    assert_false(
        verb_drop_part(t->session, t->blast, t->five, sitting_span(t->blast, "Five").beg, &err));
    assert_int_equal(err.code, E_SPAN);
    sitting_must(verb_add_part(t->session, t->blast, t->five, more, &err), &err);
    sitting_must(
        verb_drop_part(t->session, t->blast, t->five, sitting_span(t->blast, "Five").beg, &err),
        &err);

    const struct claim *claim = sitting_claim(t->blast, t->five);

    assert_int_equal(claim->span.count, 1);
    assert_true(sv_eq(((const struct part *)claim->span.items[0])->quote, SV("Nobody")));
    assert_false(verb_drop_part(t->session, t->blast, t->five, 0, &err));
    err_release(&err);
}

static void split_keeps_links_with_the_first(void **state)
{
    struct sitting *t = *state;
    struct err err = { 0 };
    struct sv id;

    sitting_must(do_contest(t, &err), &err);
    sitting_must(
        verb_split(t->session, t->blast, t->dead, sitting_span(t->blast, "died").beg, &id, &err),
        &err);

    const struct claim *first = sitting_claim(t->blast, t->dead);
    const struct claim *second = sitting_claim(t->blast, id);

    assert_true(sv_eq(((const struct part *)first->span.items[0])->quote, SV("Khalil Haqqani")));
    assert_true(sv_eq(((const struct part *)second->span.items[0])->quote, SV("died in Kabul")));
    assert_non_null(second->contested);
    assert_int_equal(second->attributed_to.count, 1);
    assert_false(verb_split(t->session, t->blast, t->dead, 0, &id, &err));
    assert_int_equal(err.code, E_SPAN);
    err_release(&err);
}

static void join_moves_links_and_repeats(void **state)
{
    struct sitting *t = *state;
    struct err err = { 0 };

    sitting_must(
        verb_set_field(t->session, t->blast, SECTION_CLAIMS, t->five, "topic", SV("deaths"), &err),
        &err);
    sitting_must(do_join(t, &err), &err);

    const struct claim *claim = sitting_claim(t->blast, t->dead);
    const struct link *link = layer_find(&t->blast->file.layer, SECTION_LINKS, t->link);

    assert_null(layer_claim(&t->blast->file.layer, t->five));
    assert_int_equal(claim->span.count, 2);
    assert_true(sv_eq(claim->topic, SV("deaths")));
    assert_int_equal(claim->attributed_to.count, 1);
    assert_true(sv_eq(link->from, t->dead));
    assert_true(sv_eq(sitting_claim(t->blast, t->named)->repeats.items[0], t->dead));
}

static void join_drops_links_that_would_be_double_or_loops(void **state)
{
    struct sitting *t = *state;
    struct new_link differs = { .type = SV("differs") };
    struct err err = { 0 };
    struct sv other, loop;

    sitting_must(verb_link(t->session, t->fall, t->six, t->blast, t->dead, &differs, &other, &err),
                 &err);
    sitting_must(verb_link(t->session, t->blast, t->dead, t->blast, t->five, &differs, &loop, &err),
                 &err);
    sitting_must(do_join(t, &err), &err);

    assert_null(layer_find(&t->blast->file.layer, SECTION_LINKS, loop));
    assert_int_equal((layer_find(&t->blast->file.layer, SECTION_LINKS, t->link) != NULL) +
                         (layer_find(&t->fall->file.layer, SECTION_LINKS, other) != NULL),
                     1);
}

static void delete_takes_links_and_repeats_along(void **state)
{
    struct sitting *t = *state;
    struct err err = { 0 };

    sitting_must(do_delete_far_claim(t, &err), &err);
    assert_null(layer_find(&t->blast->file.layer, SECTION_LINKS, t->link));
    assert_null(layer_find(&t->blast->file.layer, SECTION_LINKS, t->order));
    sitting_undo(t); // one step
    assert_non_null(layer_find(&t->blast->file.layer, SECTION_LINKS, t->link));
    assert_non_null(layer_claim(&t->fall->file.layer, t->six));

    sitting_must(do_delete_claim(t, &err), &err);
    assert_int_equal(sitting_claim(t->blast, t->named)->repeats.count, 0);
    assert_false(do_delete_claim(t, &err));
    assert_int_equal(err.code, E_ID);
    err_release(&err);
}

static const struct {
    const char *key, *text;
    enum err_code code; // E_NONE: taken
    const char *says;
} fields[] = {
    { "type", "event", E_NONE, NULL },
    { "type", "evnt", E_WORD, "did you mean 'event'" },
    { "type", "zzzzzzzzzz", E_WORD, "use one of: event, quantity" },
    { "type", "", E_NONE, NULL },
    { "says", "one\ntwo", E_NONE, NULL },
    { "says", "\xff", E_ENCODING, "UTF-8" },
    { "topic", "one\ntwo", E_SHAPE, "one line" },
    { "tags", "b, a , ,b", E_NONE, NULL },
    { "sais", "x", E_UNKNOWN_KEY, "did you mean 'says'" },
    { "id", "c0000000", E_SHAPE, "cannot be set" },
    { "span", "x", E_SHAPE, "cannot be set" },
    { "span", "", E_MISSING, "cannot be empty" },
    { "created", "x", E_SHAPE, "cannot be set" },
    { "attributed_to", "x", E_SHAPE, "cannot be set" },
    { "repeats", "c0000000", E_ID, "no claim" },
    { "contested.by", "is, local-media", E_NONE, NULL },
    { "contested.by", "iss", E_DANGLING, "did you mean 'is'" },
    { "contested.whyy", "x", E_UNKNOWN_KEY, "did you mean 'why'" },
    { "says.why", "x", E_UNKNOWN_KEY, "no fields" },
};

static void set_field_checks_what_it_is_given(void **state)
{
    struct sitting *t = *state;

    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        struct err err = { 0 };
        bool ok = verb_set_field(t->session, t->blast, SECTION_CLAIMS, t->dead, fields[i].key,
                                 sv_from(fields[i].text), &err);

        if (ok != (fields[i].code == E_NONE) || err.code != fields[i].code ||
            (!ok && !strstr(buf_cstr(&err.text), fields[i].says)))
            fail_msg("%s = '%s': %s: %s", fields[i].key, fields[i].text, err_name(err.code),
                     buf_cstr(&err.text));
        err_release(&err);
    }

    const struct claim *claim = sitting_claim(t->blast, t->dead);

    assert_int_equal(claim->tags.count, 2);
    assert_true(sv_eq(claim->tags.items[0], SV("b")));
    assert_true(sv_is_absent(claim->type));
    assert_int_equal(claim->contested->by.count, 2);
}

static void fields_of_links_are_set_and_checked(void **state)
{
    struct sitting *t = *state;
    struct err err = { 0 };
    const struct link *link;

    sitting_must(
        verb_set_field(t->session, t->blast, SECTION_LINKS, t->link, "strict", SV("true"), &err),
        &err);
    link = layer_find(&t->blast->file.layer, SECTION_LINKS, t->link);
    assert_true(link->strict);
    sitting_must(
        verb_set_field(t->session, t->blast, SECTION_LINKS, t->link, "strict", SV(""), &err), &err);
    link = layer_find(&t->blast->file.layer, SECTION_LINKS, t->link);
    assert_false(link->strict);
    assert_false(
        verb_set_field(t->session, t->blast, SECTION_LINKS, t->link, "type", SV(""), &err));
    assert_int_equal(err.code, E_MISSING);
    assert_false(
        verb_set_field(t->session, t->blast, SECTION_LINKS, t->link, "type", SV("omits"), &err));
    assert_int_equal(err.code, E_LINK);
    err_release(&err);
}

static void contest_goes_on_and_off(void **state)
{
    struct sitting *t = *state;
    struct err err = { 0 };

    sitting_must(do_contest(t, &err), &err);
    assert_true(space_has(t->space, sitting_files[0], "  contested: {}\n"));
    sitting_must(do_set_why(t, &err), &err);
    sitting_must(do_contest(t, &err), &err);
    assert_null(sitting_claim(t->blast, t->dead)->contested);
    sitting_undo(t);
    assert_true(sv_eq(sitting_claim(t->blast, t->dead)->contested->why, SV("no second source")));
}

static void voices_nest_and_end_at_the_limit(void **state)
{
    struct sitting *t = *state;
    struct new_voice voice = { .source = SV("is") };
    size_t first = 0, none = 7;
    struct err err = { 0 };
    struct buf chain = { 0 };

    for (int depth = 2; depth <= 16; depth++)
        sitting_must(verb_attribute(t->session, t->blast, t->dead, &voice, &first, &err), &err);
    assert_false(verb_attribute(t->session, t->blast, t->dead, &voice, &first, &err));
    assert_int_equal(err.code, E_SHAPE);
    assert_false(verb_attribute(t->session, t->blast, t->dead, &voice, &none, &err));
    sitting_must(verb_drop_voice(t->session, t->blast, t->dead, 0, 2, &err), &err);
    sitting_must(verb_attribute(t->session, t->blast, t->dead, &voice, NULL, &err), &err);
    verbs_chain(t->session, t->blast, sitting_claim(t->blast, t->dead), &chain);
    assert_string_equal(buf_cstr(&chain), "local media reports › Islamic State; Islamic State");
    assert_false(verb_drop_voice(t->session, t->blast, t->dead, 0, 2, &err));
    assert_false(verb_drop_voice(t->session, t->blast, t->dead, 2, 0, &err));
    err_release(&err);
    buf_release(&chain);
}

static void voice_is_checked(void **state)
{
    static const struct {
        struct new_voice voice;
        enum err_code code;
    } bad[] = {
        { { .source = { "nobody", 6 } }, E_DANGLING },
        { { .act = { "sings", 5 } }, E_WORD },
        { { .source = { "is", 2 }, .quoting = { "loud", 4 } }, E_WORD },
        { { .source = { "is", 2 }, .certainty = { "very", 4 } }, E_WORD },
        { { .unsure = true }, E_SHAPE },
    };
    struct sitting *t = *state;

    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct err err = { 0 };

        assert_false(verb_attribute(t->session, t->blast, t->five, &bad[i].voice, NULL, &err));
        assert_int_equal(err.code, bad[i].code);
        err_release(&err);
    }
}

static void repeat_takes_the_last_voice_with_its_cue(void **state)
{
    struct sitting *t = *state;
    struct err err = { 0 };

    sitting_must(do_repeat_voice(t, &err), &err);

    const struct voice *voice = sitting_claim(t->blast, t->five)->attributed_to.items[0];

    assert_true(sv_eq(voice->source, SV("local-media")));
    assert_true(sv_eq(voice->cue->quote, SV("local media said")));
    assert_false(do_repeat_voice(t, &err)); // the same voice twice says nothing
    err_release(&err);

    sitting_must(verb_repeat_voice(t->session, t->fall, t->six, &err), &err);
    voice = sitting_claim(t->fall, t->six)->attributed_to.items[0];
    assert_true(sv_eq(voice->source, SV("local-media")));
    assert_null(voice->cue); // its words are in the other text
}

static void repeat_at_the_start_takes_the_voice_before(void **state)
{
    struct sitting *t = *state;
    struct reading *blast, *fall;
    struct session *fresh = sitting_open(t->space, &blast, &fall);
    struct err err = { 0 };

    sitting_must(verb_repeat_voice(fresh, blast, t->named, &err), &err);
    assert_int_equal(sitting_claim(blast, t->named)->attributed_to.count, 1);
    assert_false(verb_repeat_voice(fresh, fall, t->six, &err));
    assert_non_null(strstr(buf_cstr(&err.text), "no voice to repeat"));
    err_release(&err);
    session_free(fresh);
}

static void links_that_cannot_be_are_refused(void **state)
{
    struct sitting *t = *state;
    struct new_link differs = { .type = SV("differs") }, none = { 0 };
    struct new_link omits = { .type = SV("omits") }, odd = { .type = SV("differ") };
    struct new_link point = { .type = SV("contradicts"), .point = SV("colour") };
    struct new_link undercuts = { .type = SV("undercuts") };
    struct session *s = t->session;
    struct err err = { 0 };
    struct sv id;

    assert_false(verb_link(s, t->blast, t->five, t->fall, t->six, &none, &id, &err));
    assert_int_equal(err.code, E_LINK);
    assert_false(verb_link(s, t->blast, t->five, t->fall, t->six, &odd, &id, &err));
    assert_int_equal(err.code, E_WORD);
    assert_false(verb_link(s, t->blast, t->five, t->fall, t->six, &point, &id, &err));
    assert_int_equal(err.code, E_WORD);
    assert_false(verb_link(s, t->blast, t->five, t->fall, t->six, &omits, &id, &err));
    assert_false(verb_link(s, t->blast, t->five, t->blast, t->five, &differs, &id, &err));
    assert_non_null(strstr(buf_cstr(&err.text), "itself"));
    assert_false(verb_link(s, t->blast, t->five, t->fall, t->dead, &differs, &id, &err));
    assert_int_equal(err.code, E_ID);

    // five differs from six is there already, whichever end it is seen from
    assert_false(verb_link(s, t->blast, t->five, t->fall, t->six, &differs, &id, &err));
    assert_int_equal(err.code, E_LINK);
    assert_false(verb_link(s, t->fall, t->six, t->blast, t->five, &differs, &id, &err));
    assert_int_equal(err.code, E_LINK);
    // an ordered relation may go both ways
    assert_false(verb_link(s, t->blast, t->named, t->fall, t->six, &undercuts, &id, &err));
    sitting_must(verb_link(s, t->fall, t->six, t->blast, t->named, &undercuts, &id, &err), &err);
    err_release(&err);
}

static void passage_becomes_a_claim_in_the_same_step(void **state)
{
    struct sitting *t = *state;
    size_t count = t->fall->file.layer.sections[SECTION_CLAIMS].count;
    struct err err = { 0 };

    sitting_must(do_link_passage(t, &err), &err);
    assert_int_equal(t->fall->file.layer.sections[SECTION_CLAIMS].count, count + 1);
    assert_true(derive_flags(session_derived(t->session), &t->blast->file.layer,
                             sitting_claim(t->blast, t->dead)) &
                CLAIM_DISPUTED);
    sitting_undo(t);
    assert_int_equal(t->fall->file.layer.sections[SECTION_CLAIMS].count, count);
}

static void omits_names_an_article_once(void **state)
{
    struct sitting *t = *state;
    struct err err = { 0 };
    struct sv id;

    sitting_must(do_omits(t, &err), &err);
    assert_true(space_has(t->space, sitting_files[0],
                          "  to:\n    article: ev/fall\n  type: omits\n"
                          "  searched: [named, name]\n"));
    assert_false(do_omits(t, &err));
    assert_int_equal(err.code, E_LINK);
    assert_false(verb_omits(t->session, t->blast, t->dead, SV("ev/none"), NULL, 0, &id, &err));
    assert_int_equal(err.code, E_NO_ARTICLE);
    assert_false(verb_omits(t->session, t->blast, t->dead, SV(SPACE_BLAST), NULL, 0, &id, &err));
    err_release(&err);
}

static void turned_link_lives_with_its_new_from(void **state)
{
    struct sitting *t = *state;
    struct err err = { 0 };

    sitting_must(do_turn_link(t, &err), &err);

    const struct link *link = layer_find(&t->fall->file.layer, SECTION_LINKS, t->order);

    assert_null(layer_find(&t->blast->file.layer, SECTION_LINKS, t->order));
    assert_true(sv_eq(link->from, t->six));
    assert_true(sv_eq(link->to->claim, t->named));
    assert_true(sv_eq(link->to->article, SV(SPACE_BLAST)));
    assert_false(verb_turn_link(t->session, t->blast, t->link, &err)); // unordered
    assert_int_equal(err.code, E_LINK);
    err_release(&err);
}

static void read_ranges_grow_and_shrink(void **state)
{
    struct sitting *t = *state;
    struct err err = { 0 };

    sitting_must(verb_read(t->session, t->blast, (struct byte_span){ 0, 20 }, true, &err), &err);
    sitting_must(verb_read(t->session, t->blast, (struct byte_span){ 20, 30 }, true, &err), &err);
    sitting_must(verb_read(t->session, t->blast, (struct byte_span){ 5, 10 }, false, &err), &err);
    assert_true(space_has(t->space, sitting_files[0], "read:\n- [0, 5]\n- [10, 30]\n"));
    assert_false(verb_read(t->session, t->blast, (struct byte_span){ 9999, 99999 }, true, &err));
    err_release(&err);
}

static void sources_are_made_once(void **state)
{
    struct sitting *t = *state;
    struct err err = { 0 };
    struct sv id;

    sitting_must(do_new_source(t, &err), &err);
    assert_true(sv_eq(new_id, SV("united-nations")));
    assert_non_null(registry_find(session_registry(t->session), new_id));
    assert_false(verb_new_source(t->session, SV("united nations"), SV(""), &id, &err));
    assert_int_equal(err.code, E_SOURCE);
    assert_false(verb_new_source(t->session, SV("  "), SV(""), &id, &err));
    assert_false(verb_new_source(t->session, SV("X"), SV("robot"), &id, &err));
    assert_int_equal(err.code, E_WORD);
    assert_false(verb_add_alias(t->session, SV("government"), SV("IS"), &err));
    assert_int_equal(err.code, E_SOURCE);
    assert_false(verb_add_alias(t->session, SV("nobody"), SV("X"), &err));
    err_release(&err);
}

static void quote_is_one_line(void **state)
{
    struct sitting *t = *state;
    struct byte_span spans[] = { sitting_span(t->blast, "said.\n\nFive"),
                                 sitting_span(t->blast, "Nobody") };
    struct err err = { 0 };
    struct buf line = { 0 };
    struct sv id;

    sitting_must(verb_mark(t->session, t->blast, spans, 2, &id, &err), &err);
    verbs_quote(sitting_claim(t->blast, id), &line);
    assert_string_equal(buf_cstr(&line), "said. Five … Nobody");
    buf_release(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SITTING(undo_and_redo_give_the_same_bytes),
        SITTING(undo_gives_back_what_was_written_by_hand),
        SITTING(saved_files_hold_what_memory_holds),
        SITTING(mark_trims_sorts_and_joins),
        SITTING(mark_of_nothing_is_refused),
        SITTING(positions_count_code_points),
        SITTING(last_part_cannot_be_dropped),
        SITTING(split_keeps_links_with_the_first),
        SITTING(join_moves_links_and_repeats),
        SITTING(join_drops_links_that_would_be_double_or_loops),
        SITTING(delete_takes_links_and_repeats_along),
        SITTING(set_field_checks_what_it_is_given),
        SITTING(fields_of_links_are_set_and_checked),
        SITTING(contest_goes_on_and_off),
        SITTING(voices_nest_and_end_at_the_limit),
        SITTING(voice_is_checked),
        SITTING(repeat_takes_the_last_voice_with_its_cue),
        SITTING(repeat_at_the_start_takes_the_voice_before),
        SITTING(links_that_cannot_be_are_refused),
        SITTING(passage_becomes_a_claim_in_the_same_step),
        SITTING(omits_names_an_article_once),
        SITTING(turned_link_lives_with_its_new_from),
        SITTING(read_ranges_grow_and_shrink),
        SITTING(sources_are_made_once),
        SITTING(quote_is_one_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
