/*
 * Any bytes as a flow and as what comes to it: a document, a line feed, then one input a line. Whatever can be read is
 * walked; a step rests, its run reads back as it was written, and nobody speaks when it is not the bot's turn.
 */
#include "domain/flows/step.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUTS_MAX = 30 };

static const struct flow_document *
read_document(struct arena *a, struct str text)
{
    struct findings findings = { .arena = a };
    struct flow_document *d;
    const struct json *json;
    struct str filled;

    if (document_fill(a, text, &filled).code != ERR_NONE ||
        json_parse(a, filled, &json).code != ERR_NONE ||
        document_read(a, json, &findings, &d).code != ERR_NONE)
        return NULL;
    return d;
}

static struct str
written(struct arena *a, const struct run *run)
{
    struct buf b = { .arena = a };
    struct json_out o = { .buf = &b };

    run_write(&o, run);
    return buf_str(&b);
}

static void
check_run(struct arena *a, const struct run *run)
{
    struct str text = written(a, run);
    const struct json *json;
    struct run again;

    if (json_parse(a, text, &json).code != ERR_NONE || run_read(a, json, &again).code != ERR_NONE)
        BUG("what=run_not_read_back");
    if (!str_eq(text, written(a, &again)))
        BUG("what=run_reads_as_another");
    if (text.len > RUN_BYTES_MAX)
        BUG("what=run_too_large bytes=%zu", text.len);
}

static void
check_effects(struct arena *a, const struct facts *facts, const struct step_out *out)
{
    struct buf b = { .arena = a };
    struct json_out o = { .buf = &b };

    for (size_t i = 0; i < out->effect_count; i++) {
        const struct effect *e = &out->effects[i];
        const struct json *json;

        if ((e->kind == EFFECT_SEND || e->kind == EFFECT_ASK) && !facts->bot_controls &&
            !str_eq(str_of(e->purpose), STR("receipt")))
            BUG("what=spoke_out_of_turn");
        b.len = 0;
        o.comma = false;
        effect_write(&o, out->run->id, e);
        if (json_parse(a, buf_str(&b), &json).code != ERR_NONE)
            BUG("what=effect_is_no_json");
    }
}

/* What came; of control the world knows as much as the input says. */
static void
turn(struct facts *facts, const struct input *input)
{
    if (input->kind == INPUT_TAKEN || input->kind == INPUT_RETURNED) {
        facts->bot_controls = input->kind == INPUT_RETURNED;
        facts->epoch = input->epoch;
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a;
    struct str rest = { (const char *)data, size }, text, line;
    struct facts facts = { .bot_controls = true, .epoch = 1 };
    struct run run = { .id = 12, .epoch = 1 };
    const struct flow_document *d;

    if (size > 40000)
        return -1;
    a = arena_new(16 * 1024);
    if (str_cut(&rest, '\n', &text) && (d = read_document(a, text)) != NULL) {
        run.root = d->key.len > 0 ? d->key : STR("none");
        for (int i = 0; i < INPUTS_MAX && str_cut(&rest, '\n', &line); i++) {
            const struct json *json;
            struct input input;
            struct step_out out;

            if (json_parse(a, line, &json).code != ERR_NONE ||
                input_read(a, json, &input).code != ERR_NONE)
                continue;
            turn(&facts, &input);
            flow_step(a, (struct flow_set){ &d, 1 }, &run, &facts, &input,
                      INT64_C(1772636400000000) + i * INT64_C(1000000), &out);
            check_effects(a, &facts, &out);
            check_run(a, out.run);
            run = *out.run;
        }
    }
    arena_free(a);
    return 0;
}
