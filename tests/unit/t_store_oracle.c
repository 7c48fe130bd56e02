// Another loader as witness: PyYAML must read what we write as the same values of the same types.
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "t.h"

#include "doc_make.h"
#include "store/doc_encode.h"

// Compares each line's document with what it should be: strings as they are, {"$": text} for
// numbers and times.
static const char script[] =
    "import json, sys, yaml, datetime\n"
    "def eq(got, want):\n"
    "    if isinstance(want, dict) and '$' in want:\n"
    "        if isinstance(got, datetime.datetime):\n"
    "            return got.strftime('%Y-%m-%dT%H:%M:%SZ') == want['$']\n"
    "        return type(got) in (int, float) and float(got) == float(want['$'])\n"
    "    if type(got) is not type(want): return False\n"
    "    if isinstance(want, dict):\n"
    "        return got.keys() == want.keys() and all(eq(got[k], want[k]) for k in want)\n"
    "    if isinstance(want, list):\n"
    "        return len(got) == len(want) and all(map(eq, got, want))\n"
    "    return got == want\n"
    "for line in open(sys.argv[1]):\n"
    "    case = json.loads(line)\n"
    "    for loader in (yaml.SafeLoader, getattr(yaml, 'CSafeLoader', yaml.SafeLoader)):\n"
    "        try: got = yaml.load(case['yaml'], loader)\n"
    "        except Exception as e: got = e\n"
    "        if not eq(got, case['want']):\n"
    "            print(case['yaml'], repr(got), repr(case['want']), sep='\\n'); sys.exit(1)\n";

static json_t *json_of_text(struct sv text)
{
    return json_stringn(text.ptr, text.len);
}

static json_t *json_of(const struct ynode *node)
{
    json_t *out;

    if (node->type == YNODE_SCALAR) {
        if (node->is_plain && (sv_eq_cstr(node->text, "true") || sv_eq_cstr(node->text, "false")))
            return json_boolean(node->text.ptr[0] == 't');
        return node->is_plain ? json_pack("{s: o}", "$", json_of_text(node->text))
                              : json_of_text(node->text);
    }
    if (node->type == YNODE_LIST) {
        out = json_array();
        for (size_t i = 0; i < node->count; i++)
            json_array_append_new(out, json_of(node->items[i]));
        return out;
    }
    out = json_object();
    for (size_t i = 0; i < node->count; i += 2)
        json_object_set_new(out, node->items[i]->text.ptr, json_of(node->items[i + 1]));
    return out;
}

static void t_pyyaml_reads_what_we_write(void **state)
{
    char name[] = "/tmp/gainsay-oracle-XXXXXX", command[64];
    struct maker m = { .seed = 2026, .is_strict = true };
    int fd;
    FILE *file;

    (void)state;
    if (system("python3 -c 'import yaml' 2>/dev/null") != 0)
        skip();
    fd = mkstemp(name);
    assert_true(fd >= 0);
    file = fdopen(fd, "w");
    for (int i = 0; i < 400; i++) {
        enum kind_id kind = i % 4 == 0 ? KIND_SOURCE : i % 4 == 1 ? KIND_LINK : KIND_CLAIM;
        void *rec = make_record(&m, kind, 0);
        struct buf text = { 0 };

        if (kind == KIND_CLAIM && i % 2)
            ((struct claim *)rec)->created = SV("2026-11-22T03:10:00Z");
        doc_write_record(kind, rec, &text);

        json_t *line = json_pack("{s: o, s: [o]}", "yaml", json_of_text(buf_sv(&text)), "want",
                                 json_of(doc_encode(&m.arena, kind, rec)));

        assert_non_null(line);
        json_dumpf(line, file, JSON_COMPACT);
        fputc('\n', file);
        json_decref(line);
        buf_release(&text);
    }
    fclose(file);
    arena_release(&m.arena);
    snprintf(command, sizeof(command), "python3 - %s", name);

    FILE *python = popen(command, "w");

    assert_non_null(python);
    fputs(script, python);
    assert_int_equal(pclose(python), 0);
    unlink(name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_pyyaml_reads_what_we_write),
    };

    return cmocka_run_group_tests_name("store_oracle", tests, NULL, NULL);
}
