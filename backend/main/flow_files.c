#include "main/flow_files.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { FILE_MAX_BYTES = 16 << 20, FLOWS_MAX = 50 };

static struct err
read_file(struct arena *a, const char *path, struct str *out)
{
    struct err e = FAIL_FIELD(ERR_UNAVAILABLE, "file_unreadable", path);
    struct buf text = { .arena = a };
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    char block[16 * 1024];
    ssize_t n;

    if (fd < 0)
        return e;
    while ((n = read(fd, block, sizeof(block))) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            goto out;
        if (text.len > FILE_MAX_BYTES) {
            e = FAIL_FIELD(ERR_TOO_LARGE, "file_too_large", path);
            goto out;
        }
        buf_add(&text, (struct str){ block, (size_t)n });
    }
    *out = buf_str(&text);
    e = OK;
out:
    close(fd);
    return e;
}

struct err
flow_files_json(struct arena *a, const char *path, const struct json **out)
{
    struct str text;

    TRY(read_file(a, path, &text));
    return json_parse(a, text, out);
}

static bool
is_read(const struct flow_files *files, struct str key)
{
    return flow_set_find(flow_files_set(files), key) != NULL;
}

static struct err
add(struct flow_files *files, struct str text)
{
    struct arena *a = files->arena;
    struct flow_document *document;
    const struct json *json;
    struct str filled;
    size_t n = files->n;

    TRY(document_fill(a, text, &filled));
    TRY(json_parse(a, filled, &json));
    files->documents = arena_grow(a, files->documents, n * sizeof(*files->documents),
                                  (n + 1) * sizeof(*files->documents));
    files->findings = arena_grow(a, files->findings, n * sizeof(*files->findings),
                                 (n + 1) * sizeof(*files->findings));
    files->findings[n] = (struct findings){ .arena = a, .flow = json_get_text(json, "key") };
    TRY(document_read(a, json, &files->findings[n], &document));
    if (!is_read(files, document->key))
        files->documents[files->n++] = document;
    return OK;
}

struct err
flow_files_read(struct flow_files *files, const char *path)
{
    const struct json *json, *flows;

    TRY(flow_files_json(files->arena, path, &json));
    flows = json_get(json, "flows");
    if (flows == NULL)
        return add(files, json_print(files->arena, json));
    for (size_t i = 0; i < json_len(flows); i++)
        TRY(add(files, json_print(files->arena, json_at(flows, i))));
    return OK;
}

struct err
flow_files_beside(struct flow_files *files, const char *path, struct str key)
{
    const char *slash = strrchr(path, '/');
    int folder = slash == NULL ? 0 : (int)(slash - path) + 1;
    const char *file =
        str_cstr(files->arena, str_fmt(files->arena, "%.*s%.*s.json", folder, path, STR_ARG(key)));

    if (is_read(files, key) || str_find(key, '/') >= 0 || access(file, R_OK) != 0)
        return OK;
    return flow_files_read(files, file);
}

struct err
flow_files_closure(struct flow_files *files, const char *path)
{
    static const struct str kind = STR_INIT("flow:");

    /* It grows while it is walked, and ends because each is read once. */
    for (size_t i = 0; i < files->n && files->n < FLOWS_MAX; i++) {
        struct flow_words refs = document_refs(files->arena, files->documents[i]);

        for (size_t k = 0; k < refs.n; k++)
            if (str_starts(refs.v[k], kind))
                TRY(flow_files_beside(
                    files, path, (struct str){ refs.v[k].p + kind.len, refs.v[k].len - kind.len }));
    }
    return OK;
}

struct flow_set
flow_files_set(const struct flow_files *files)
{
    return (struct flow_set){ files->documents, files->n };
}
