/*
 * balcao-steps FILE: the interpreter alone. The flow of ten_cards.json is walked by conversations of four inputs each, one
 * after the other in one process, without database or network: every input is read from JSON with its run and facts,
 * stepped, and the run and the effects are written again, as the worker does. Prints the steps of a second, and how many
 * nanoseconds of each were the interpreter's own, without reading and writing.
 */
#include "base/clock.h"
#include "domain/flows/step.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define SECONDS 2
#define TEXT_BYTES ((size_t)64 * 1024)

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

/* A step is a few microseconds: clock.h's are too coarse for one. */
static int64_t
now_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static const struct json *
parse(struct arena *a, struct str json)
{
    const struct json *out;

    require(json_parse(a, json, &out), "json");
    return out;
}

static struct str
read_text(struct arena *a, const char *path)
{
    FILE *file = fopen(path, "r");
    char *p = arena_alloc(a, TEXT_BYTES);
    size_t len;

    if (file == NULL) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    len = fread(p, 1, TEXT_BYTES, file);
    fclose(file);
    return (struct str){ p, len };
}

static const struct flow_document *
read_document(struct arena *a, const char *path)
{
    struct findings findings = { .arena = a };
    struct flow_document *d;
    struct str filled;

    require(document_fill(a, read_text(a, path), &filled), "fill");
    require(document_read(a, parse(a, filled), &findings, &d), "read");
    return d;
}

/* One input as the worker takes it; the run as it is written after it. *own_ns: what the interpreter took is added. */
static struct str
step(struct arena *a, struct flow_set flows, struct str run_text, const char *input_text,
     int64_t *own_ns)
{
    struct buf b = { .arena = a }, effects = { .arena = a };
    struct json_out o = { .buf = &b }, e = { .buf = &effects };
    struct run run;
    struct facts facts;
    struct input input;
    struct step_out out;
    int64_t begun_ns;

    require(run_read(a, parse(a, run_text), &run), "run");
    require(facts_read(a, parse(a, str_of(facts_text)), &facts), "facts");
    require(input_read(a, parse(a, str_of(input_text)), &input), "input");
    begun_ns = now_ns();
    flow_step(a, flows, &run, &facts, &input, INT64_C(1772636400000000), &out);
    *own_ns += now_ns() - begun_ns;
    run_write(&o, out.run);
    for (size_t i = 0; i < out.effect_count; i++)
        effect_write(&e, out.run->id, &out.effects[i]);
    return buf_str(&b);
}

int
main(int argc, char **argv)
{
    struct arena *documents = arena_new(1 << 17), *a = arena_new(1 << 18);
    const struct flow_document *d;
    struct flow_set flows = { &d, 1 };
    int64_t steps = 0, own_ns = 0, begun_us, took_us;

    if (argc != 2) {
        fprintf(stderr, "usage: balcao-steps FILE\n");
        return EXIT_FAILURE;
    }
    d = read_document(documents, argv[1]);
    begun_us = clock_monotonic_us();

    do {
        struct str run = STR("{\"id\":12,\"epoch\":1,\"root\":\"dez-cartoes\"}");

        for (int i = 0; i < INPUTS; i++)
            run = step(a, flows, run, inputs[i], &own_ns);
        if (!str_has(run, STR("\"reason\":\"finished\""))) {
            fprintf(stderr, "it did not come to its end: %.*s\n", STR_ARG(run));
            return EXIT_FAILURE;
        }
        steps += INPUTS;
        arena_reset(a);
        took_us = clock_monotonic_us() - begun_us;
    } while (took_us < SECONDS * US_PER_S);
    printf("%lld %lld\n", (long long)(steps * US_PER_S / took_us), (long long)(own_ns / steps));
    arena_free(a);
    arena_free(documents);
    return EXIT_SUCCESS;
}
