/*
 * What came in, hour by hour, and what other systems said. Words stand here as they were written: recording_write, which
 * knows what each of them answers, puts others in their place. Files, places and secrets are made up here.
 */
#include "recall_private.h"

#include "base/clock.h"
#include "recording_private.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

struct steps {
    const struct recalled *of;
    struct json_out *o;
    int64_t now_us; /* by the recording's clock */
    bool has_begun;
};

/* The answer that a visit was left by is its last message. */
static bool
is_answer(const struct flow_visit *visit, const struct flow_run_input *input)
{
    const struct flow_run_input *last = NULL;

    for (size_t i = 0; i < visit->input_count; i++)
        if (visit->inputs[i].message_seq > 0)
            last = &visit->inputs[i];
    return visit->state == FLOW_VISIT_LEFT && last == input && visit->matched_by.len > 0;
}

/* --- messages ------------------------------------------------------------------------------- */

/* Right where it was right; of the length that is asked for. */
static struct str
secret(const struct recalled *r, const struct flow_visit *visit, bool is_right)
{
    enum { USUAL_LENGTH = 4 };
    const struct json *settings = recall_settings(r, visit);
    struct str sample = mask_sample(json_get_text(settings, "validator"));
    int64_t length = 0;
    struct buf b = { .arena = r->arena };

    if (!is_right)
        return STR("?");
    if (sample.len > 0)
        return sample;
    json_i64(json_get(settings, "min_length"), &length);
    for (int64_t i = 0; i < (length > USUAL_LENGTH ? length : USUAL_LENGTH); i++)
        buf_char(&b, '1');
    return buf_str(&b);
}

/* The option that was tapped, by what its card was left by; empty: it was none. */
static struct str
tapped(const struct flow_visit *visit, const struct flow_run_input *input)
{
    struct str option = visit->outlet, head;

    if (!str_eq(input->form, STR("choice")) || !is_answer(visit, input))
        return STR("");
    if (str_starts(option, STR("opt:")))
        return str_cut(&option, ':', &head) ? option : STR("");
    return str_eq(option, STR("yes")) || str_eq(option, STR("no")) ? option : STR("");
}

static const struct {
    enum answer_form form;
    const char *mime;
} files[] = {
    { FORM_IMAGE, "image/jpeg" },         { FORM_AUDIO, "audio/ogg" },
    { FORM_VIDEO, "video/mp4" },          { FORM_STICKER, "image/webp" },
    { FORM_DOCUMENT, "application/pdf" },
};

static void
put_form(struct json_out *o, enum answer_form form)
{
    if (form == FORM_TEXT)
        return;
    json_kv_str(o, "form", str_of(answer_form_names[form]));
    if (form == FORM_LOCATION) { /* Chapecó, the cathedral */
        json_kv_i64(o, "lat_e6", -27100400);
        json_kv_i64(o, "lng_e6", -52615200);
    }
    for (size_t i = 0; i < COUNT(files); i++) {
        if (files[i].form != form)
            continue;
        json_key(o, "file");
        json_open(o, '{');
        json_kv_str(o, "ref", STR("file:exemplo"));
        json_kv_str(o, "mime", str_of(files[i].mime));
        json_kv_i64(o, "size_bytes", 100000);
        json_kv_i64(o, "duration_s", form == FORM_AUDIO ? 10 : 0);
        json_close(o, '}');
    }
}

static void
put_message(struct steps *s, const struct flow_visit *visit, const struct flow_run_input *input)
{
    struct str option = tapped(visit, input);
    struct json_out *o = s->o;

    json_key(o, "in");
    json_open(o, '{');
    json_kv_str(o, "kind", option.len > 0 ? STR("reply") : STR("message"));
    if (option.len > 0) {
        json_kv_str(o, "option", option);
    } else {
        put_form(o, input->form.len > 0 ? flow_form_of(input->form) : FORM_TEXT);
        json_kv_str(o, "text",
                    input->is_hidden  ? secret(s->of, visit, is_answer(visit, input))
                    : input->text.len ? input->text
                                      : STR(""));
    }
    json_close(o, '}');
}

/* --- whatever else came ------------------------------------------------------------------- */

static void
put_taken(struct steps *s, const struct flow_visit *visit, const struct flow_run_input *input)
{
    (void)visit;
    (void)input;
    json_kv_str(s->o, "agent", STR("taken"));
}

static void
put_agent(struct steps *s, const char *what, const char *how)
{
    json_key(s->o, "agent");
    json_open(s->o, '{');
    json_kv_str(s->o, what, str_of(how));
    json_close(s->o, '}');
}

static void
put_returned(struct steps *s, const struct flow_visit *visit, const struct flow_run_input *input)
{
    (void)visit;
    (void)input;
    put_agent(s, "returned", "resume");
}

static void
put_closed(struct steps *s, const struct flow_visit *visit, const struct flow_run_input *input)
{
    (void)visit;
    put_agent(s, "closed", str_eq(input->kind, STR("served")) ? "served" : "unserved");
}

/* Timers ring by the time that goes by. */
static const struct {
    const char *kind;
    void (*put)(struct steps *s, const struct flow_visit *visit,
                const struct flow_run_input *input);
} inputs[] = {
    { "msg", put_message },   { "taken", put_taken },   { "returned", put_returned },
    { "closed", put_closed }, { "served", put_closed }, { "timer", NULL },
};

/* A timer has rung by then; anything else was not later than it was. */
static void
put_time(struct steps *s, const struct flow_run_input *input)
{
    int64_t late_us = input->at_us - s->now_us, seconds;

    if (str_eq(input->kind, STR("timer")))
        late_us += US_PER_S - 1;
    seconds = late_us / US_PER_S;
    if (seconds <= 0)
        return;
    s->now_us += seconds * US_PER_S;
    json_open(s->o, '{');
    json_kv_i64(s->o, "advance_s", seconds);
    json_close(s->o, '}');
}

/* Of a conversation that nobody's words began. */
static void
put_start(struct steps *s, struct str cause)
{
    json_open(s->o, '{');
    json_key(s->o, "in");
    json_open(s->o, '{');
    json_kv_str(s->o, "kind", STR("start"));
    json_kv_str(s->o, "cause", cause);
    json_close(s->o, '}');
    json_close(s->o, '}');
}

static void
put_input(struct steps *s, const struct flow_visit *visit, const struct flow_run_input *input)
{
    bool is_first = !s->has_begun;

    s->has_begun = true;
    if (is_first && !str_eq(input->kind, STR("msg"))) {
        put_start(s, s->of->path->run.cause);
        return;
    }
    for (size_t i = 0; i < COUNT(inputs); i++) {
        if (!str_eq(input->kind, str_of(inputs[i].kind)))
            continue;
        put_time(s, input);
        if (inputs[i].put == NULL)
            return;
        json_open(s->o, '{');
        inputs[i].put(s, visit, input);
        json_close(s->o, '}');
    }
}

int64_t
recall_begun_us(const struct flow_path *path)
{
    for (size_t i = 0; i < path->visit_count; i++)
        if (path->visits[i].input_count > 0)
            return path->visits[i].inputs[0].at_us;
    return path->run.started_at_us;
}

struct str
recall_steps(const struct recalled *r)
{
    struct buf b = { .arena = r->arena };
    struct json_out o = { .buf = &b };
    struct steps s = { .of = r, .o = &o, .now_us = recall_begun_us(r->path) };

    json_open(&o, '[');
    for (size_t i = 0; i < r->path->visit_count; i++)
        for (size_t k = 0; k < r->path->visits[i].input_count; k++)
            put_input(&s, &r->path->visits[i], &r->path->visits[i].inputs[k]);
    json_close(&o, ']');
    return buf_str(&b);
}

/* --- other systems ---------------------------------------------------------------------------- */

/* What was said is kept nowhere; whether it was what was hoped for shows in where the card led. */
static void
put_http(struct json_out *o, const struct recalled *r, const struct flow_visit *visit)
{
    (void)r;
    json_kv_i64(o, "status", str_eq(visit->outlet, STR("success")) ? 200 : 500);
    json_kv_str(o, "body", STR("{}"));
}

/* The one that was found, made up. */
static void
put_customers(struct json_out *o, const struct recalled *r, const struct flow_visit *visit)
{
    const struct facts *facts = &r->host->facts;

    (void)visit;
    json_key(o, "customers");
    json_open(o, '[');
    for (size_t i = 0; i < facts->registration_count; i++) {
        const struct fact_registration *one = &facts->registrations[i];

        if (!str_eq(one->id, r->found_customer))
            continue;
        json_open(o, '{');
        json_kv_str(o, "id", one->id);
        json_kv_str(o, "name", pseudonyms_text(r->people, one->name));
        json_kv_str(o, "document", pseudonyms_text(r->people, one->document));
        json_kv_str(o, "kind", one->kind);
        json_kv_str(o, "doc_type", one->is_company ? STR("cnpj") : STR("cpf"));
        json_close(o, '}');
    }
    json_close(o, ']');
}

/* By the card that asked; of all others the account's own registrations. */
static const struct {
    const char *type, *kind;
    void (*put)(struct json_out *o, const struct recalled *r, const struct flow_visit *visit);
} systems[] = {
    { "http_request", "http", put_http },
    { "interactive_template", "template", NULL },
    { NULL, "local", put_customers },
};

static void
put_stub(struct json_out *o, const struct recalled *r, const struct flow_visit *visit,
         const struct flow_run_call *call)
{
    size_t row = 0;

    while (systems[row].type != NULL && !str_eq(visit->card.type, str_of(systems[row].type)))
        row++;
    json_open(o, '{');
    json_kv_str(o, "kind", str_of(systems[row].kind));
    json_kv_i64(o, "times", 1);
    json_kv_str(o, "outcome", call->outcome);
    json_key(o, "data");
    json_open(o, '{');
    if (systems[row].put != NULL)
        systems[row].put(o, r, visit);
    json_close(o, '}');
    json_close(o, '}');
}

struct str
recall_stubs(const struct recalled *r)
{
    struct buf b = { .arena = r->arena };
    struct json_out o = { .buf = &b };

    json_open(&o, '[');
    for (size_t i = 0; i < r->path->visit_count; i++)
        for (size_t k = 0; k < r->path->visits[i].call_count; k++)
            if (r->path->visits[i].calls[k].outcome.len > 0)
                put_stub(&o, r, &r->path->visits[i], &r->path->visits[i].calls[k]);
    json_close(&o, ']');
    return buf_str(&b);
}
