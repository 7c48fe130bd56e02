// The style sheet and the script of a report, as report.css and report.js have them. Declared in
// exchange/report_html.h.
// Neither refers to anything outside the page.
#include "exchange/report_html.h"

static const char *const style_lines[] = {
#include "exchange/report.css.inc"
};

static const char *const script_lines[] = {
#include "exchange/report.js.inc"
};

void report_style(struct buf *out)
{
    for (size_t i = 0; i < ARRAY_LEN(style_lines); i++)
        buf_add_cstr(out, style_lines[i]);
}

void report_script(struct buf *out)
{
    for (size_t i = 0; i < ARRAY_LEN(script_lines); i++)
        buf_add_cstr(out, script_lines[i]);
}
