// What readers said to each other about records: threads as HTML, and which of them a report has.
// Declared in exchange/report_html.h and exchange/report_data.h.
#include "exchange/report_html.h"

#define MINUTE_CHARS 16 // of 2026-11-25T21:14:00Z

// Index of the text that a thread is about; SIZE_MAX: none here.
static size_t text_of(const struct report *report, const struct thread *thread)
{
    for (size_t t = 0; t < report->in->text_count; t++)
        if (sv_eq(report->in->texts[t].id, thread->article))
            return t;
    return SIZE_MAX;
}

bool thread_is_told(const struct report *report, const struct thread *thread)
{
    size_t text = text_of(report, thread);
    enum section section;

    if (text == SIZE_MAX)
        return false;
    if (sv_is_absent(report->in->where))
        return true;
    for (size_t r = 0; r < report->in->reading_count; r++) {
        const struct report_reading *reading = &report->in->readings[r];

        if (sv_eq(reading->annotator, thread->about.annotator) && reading->layers[text])
            return layer_find_any(reading->narrowed[text], thread->about.id, &section);
    }
    return false;
}

const struct exhibit *thread_exhibit(const struct report *report, const struct thread *thread)
{
    const struct exhibit *found = NULL;

    for (size_t r = 0; r < report->reading_count && !found; r++)
        if (thread->section == SECTION_CLAIMS)
            found = exhibit_find(&report->readings[r], thread->rec);
    return found;
}

bool report_has_talk(const struct report *report)
{
    const struct threads *threads = report->in->threads;

    for (size_t i = 0; threads && i < threads->count; i++)
        if (thread_is_told(report, &threads->items[i]))
            return true;
    return false;
}

void add_thread_words(const struct thread *thread, struct buf *out)
{
    struct rec_list parts =
        thread->rec ? record_parts(thread->section, thread->rec) : (struct rec_list){ 0 };

    for (size_t i = 0; i < parts.count; i++) {
        buf_add_cstr(out, i ? " … " : "");
        add_flat(((const struct part *)parts.items[i])->quote, out);
    }
}

struct sv said_when(const struct said *said)
{
    return sv_sub(said->comment->created, 0,
                  said->comment->created.len < MINUTE_CHARS ? said->comment->created.len
                                                            : MINUTE_CHARS);
}

// ---- as HTML

static void add_said(struct page *page, const struct said *said)
{
    struct markup *m = &page->m;
    struct buf text = { 0 };

    add_flat(said->comment->text, &text);
    markup_begin(m, "li");
    markup_element(m, "b", NULL, reader_name(page->report, said->layer->head.annotator));
    if (!sv_is_blank(said->comment->created)) {
        markup_textf(m, " ");
        markup_element(m, "span", "at", said_when(said));
    }
    if (said->comment->kind.len) {
        markup_textf(m, " ");
        markup_element(m, "b", "act", said->comment->kind);
    }
    markup_textf(m, "%s", text.len ? ": " : "");
    markup_text(m, buf_sv(&text));
    markup_end(m, "li");
    markup_line(m);
    buf_release(&text);
}

// The record: by its label where the report shows it, else by whose it is.
static void add_about(struct page *page, const struct thread *thread)
{
    const struct exhibit *exhibit = thread_exhibit(page->report, thread);
    struct markup *m = &page->m;
    struct buf words = { 0 };

    if (!exhibit || !page->is_one) {
        markup_text(m, reader_name(page->report, thread->about.annotator));
        markup_textf(m, " ");
    }
    if (exhibit)
        page_claim_link(page, exhibit);
    else
        markup_element(m, "code", NULL, thread->about.id);
    add_thread_words(thread, &words);
    if (words.len) {
        markup_textf(m, " ");
        markup_begin(m, "q");
        markup_attr(m, "dir", SV("auto"));
        page_language(page, text_of(page->report, thread));
        markup_text(m, buf_sv(&words));
        markup_end(m, "q");
    }
    markup_textf(m, " ");
    if (!thread->rec)
        markup_elementf(m, "span", "term", "not there any more ");
    if (thread->is_open)
        markup_elementf(m, "strong", "lost", "open");
    else
        markup_elementf(m, "span", "term", "resolved");
    buf_release(&words);
}

void page_talk(struct page *page)
{
    const struct threads *threads = page->report->in->threads;
    struct markup *m = &page->m;

    markup_begin(m, "ul");
    markup_attr(m, "class", SV("talk"));
    markup_line(m);
    for (size_t i = 0; i < threads->count; i++) {
        const struct thread *thread = &threads->items[i];

        if (!thread_is_told(page->report, thread))
            continue;
        markup_begin(m, "li");
        add_about(page, thread);
        markup_begin(m, "ol");
        markup_line(m);
        for (size_t k = 0; k < thread->count; k++)
            add_said(page, &thread->items[k]);
        markup_end(m, "ol");
        markup_end(m, "li");
        markup_line(m);
    }
    markup_end(m, "ul");
    markup_line(m);
}
