/*
 * balcao-steps: the interpreter alone. A flow of ten cards is walked by conversations of four inputs each, one after the
 * other in one process, without database or network: every input is read from JSON with its run and facts, stepped, and
 * the run and the effects are written again, as the worker does. Prints the steps of a second.
 */
#include "base/clock.h"
#include "domain/flows/step.h"

#include <stdio.h>
#include <stdlib.h>

#define SECONDS 2

static const char text[] =
    "{\"format\":\"balcao-flow\",\"format_version\":1,\"key\":\"bench\",\"name\":\"Bench\","
    "\"channels\":[\"whatsapp\"],\"start\":\"hello\","
    "\"settings\":{\"fallback\":{\"department\":\"department:1\"}},\"cards\":["
    "{\"id\":\"hello\",\"type\":\"send_message\",\"v\":1,\"settings\":{\"text\":"
    "\"{{now.greeting}}, {{contact.first_name}}! Protocolo {{ticket.protocol}}.\"}},"
    "{\"id\":\"ad\",\"type\":\"condition_origin\",\"v\":1,\"settings\":{}},"
    "{\"id\":\"menu\",\"type\":\"question\",\"v\":1,\"settings\":{\"expect\":\"choice\","
    "\"text\":\"Como posso ajudar?\",\"store\":\"flow.subject\",\"options\":["
    "{\"id\":\"bill\",\"label\":\"Boleto ou Pix\",\"synonyms\":[\"fatura\",\"pagar\"]},"
    "{\"id\":\"down\",\"label\":\"Estou sem internet\",\"synonyms\":[\"suporte\"]},"
    "{\"id\":\"plan\",\"label\":\"Contratar plano\"}]}},"
    "{\"id\":\"tag\",\"type\":\"add_tag\",\"v\":1,\"settings\":{\"tags\":[\"tag:1\"]}},"
    "{\"id\":\"tagged\",\"type\":\"condition_tag\",\"v\":1,\"settings\":{\"rules\":["
    "{\"id\":\"yes\",\"label\":\"Sim\",\"tags\":[\"tag:1\"]}]}},"
    "{\"id\":\"zip\",\"type\":\"question\",\"v\":1,\"settings\":{\"expect\":\"await\","
    "\"validator\":\"cep\",\"text\":\"Qual é o CEP?\",\"store\":\"flow.zip\"}},"
    "{\"id\":\"subject\",\"type\":\"condition_variable\",\"v\":1,\"settings\":{\"variable\":"
    "\"flow.subject\",\"rules\":[{\"id\":\"down\",\"label\":\"Sem internet\",\"op\":\"contains\","
    "\"value\":\"internet\"}]}},"
    "{\"id\":\"more\",\"type\":\"question\",\"v\":1,\"settings\":{\"expect\":\"confirm\","
    "\"text\":\"Posso ajudar em algo mais?\"}},"
    "{\"id\":\"bye\",\"type\":\"send_message\",\"v\":1,\"settings\":{\"text\":"
    "\"Anotado: {{flow.zip}}. Até mais!\"}},"
    "{\"id\":\"end\",\"type\":\"finish\",\"v\":1,\"settings\":{}}],\"connectors\":["
    "{\"from\":\"hello\",\"outlet\":\"next\",\"to\":\"ad\"},"
    "{\"from\":\"ad\",\"outlet\":\"yes\",\"to\":\"menu\"},"
    "{\"from\":\"ad\",\"outlet\":\"no\",\"to\":\"menu\"},"
    "{\"from\":\"menu\",\"outlet\":\"opt:bill\",\"to\":\"tag\"},"
    "{\"from\":\"menu\",\"outlet\":\"opt:down\",\"to\":\"tag\"},"
    "{\"from\":\"menu\",\"outlet\":\"opt:plan\",\"to\":\"tag\"},"
    "{\"from\":\"tag\",\"outlet\":\"next\",\"to\":\"tagged\"},"
    "{\"from\":\"tagged\",\"outlet\":\"rule:yes\",\"to\":\"zip\"},"
    "{\"from\":\"tagged\",\"outlet\":\"else\",\"to\":\"zip\"},"
    "{\"from\":\"zip\",\"outlet\":\"next\",\"to\":\"subject\"},"
    "{\"from\":\"subject\",\"outlet\":\"rule:down\",\"to\":\"more\"},"
    "{\"from\":\"subject\",\"outlet\":\"else\",\"to\":\"more\"},"
    "{\"from\":\"more\",\"outlet\":\"yes\",\"to\":\"menu\"},"
    "{\"from\":\"more\",\"outlet\":\"no\",\"to\":\"bye\"},"
    "{\"from\":\"bye\",\"outlet\":\"next\",\"to\":\"end\"}]}";

static const char facts_text[] =
    "{\"utc_offset_s\":-10800,\"channel\":\"whatsapp\",\"bot_controls\":true,\"epoch\":1,"
    "\"values\":[{\"name\":\"contact.first_name\",\"type\":\"text\",\"value\":\"Ana\"},"
    "{\"name\":\"ticket.protocol\",\"type\":\"text\",\"value\":\"20261127-0042\"}]}";

static const char *const inputs[] = {
    "{\"kind\":\"start\",\"id\":\"start\",\"first_text\":\"oi\"}",
    "{\"kind\":\"message\",\"id\":\"msg:1\",\"text\":\"estou sem internet desde ontem\"}",
    "{\"kind\":\"message\",\"id\":\"msg:2\",\"text\":\"é 89801-000\"}",
    "{\"kind\":\"message\",\"id\":\"msg:3\",\"text\":\"não, obrigado\"}",
};
enum { INPUTS = sizeof(inputs) / sizeof(inputs[0]) };

static void
require(struct err err, const char *what)
{
    if (err.code == ERR_NONE)
        return;
    fprintf(stderr, "%s: %s\n", what, err.slug);
    exit(EXIT_FAILURE);
}

static const struct json *
parse(struct arena *a, struct str json)
{
    const struct json *out;

    require(json_parse(a, json, &out), "json");
    return out;
}

static const struct flow_document *
read_document(struct arena *a)
{
    struct findings findings = { .arena = a };
    struct flow_document *d;
    struct str filled;

    require(document_fill(a, str_of(text), &filled), "fill");
    require(document_read(a, parse(a, filled), &findings, &d), "read");
    return d;
}

/* One input as the worker takes it; the run as it is written after it. */
static struct str
step(struct arena *a, struct flow_set flows, struct str run_text, const char *input_text)
{
    struct buf b = { .arena = a }, effects = { .arena = a };
    struct json_out o = { .buf = &b }, e = { .buf = &effects };
    struct run run;
    struct facts facts;
    struct input input;
    struct step_out out;

    require(run_read(a, parse(a, run_text), &run), "run");
    require(facts_read(a, parse(a, str_of(facts_text)), &facts), "facts");
    require(input_read(a, parse(a, str_of(input_text)), &input), "input");
    flow_step(a, flows, &run, &facts, &input, INT64_C(1772636400000000), &out);
    run_write(&o, out.run);
    for (size_t i = 0; i < out.effect_count; i++)
        effect_write(&e, out.run->id, &out.effects[i]);
    return buf_str(&b);
}

int
main(void)
{
    struct arena *documents = arena_new(1 << 16), *a = arena_new(1 << 18);
    const struct flow_document *d = read_document(documents);
    struct flow_set flows = { &d, 1 };
    int64_t steps = 0, begun_us = clock_monotonic_us(), took_us;

    do {
        struct str run = STR("{\"id\":12,\"epoch\":1,\"root\":\"bench\"}");

        for (int i = 0; i < INPUTS; i++)
            run = step(a, flows, run, inputs[i]);
        if (!str_has(run, STR("\"reason\":\"finished\""))) {
            fprintf(stderr, "it did not come to its end: %.*s\n", STR_ARG(run));
            return EXIT_FAILURE;
        }
        steps += INPUTS;
        arena_reset(a);
        took_us = clock_monotonic_us() - begun_us;
    } while (took_us < SECONDS * US_PER_S);
    printf("%lld\n", (long long)(steps * US_PER_S / took_us));
    arena_free(a);
    arena_free(documents);
    return EXIT_SUCCESS;
}
