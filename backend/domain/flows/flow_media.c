#include "flow_media.h"

#include "base/crypto.h"
#include "domain/audit/audit.h"

#include "flows_media.sql.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define RECORDING "audio/mpeg" /* what cards may play */
#define OFFICE "application/vnd.openxmlformats-officedocument."

/* What “Enviar arquivo” may send. */
static const char *const allowed[] = {
    "image/png",
    "image/jpeg",
    "image/webp",
    "image/gif",
    "video/mp4",
    "video/3gpp",
    RECORDING,
    "audio/ogg",
    "audio/mp4",
    "audio/x-m4a",
    "application/pdf",
    "application/msword",
    OFFICE "wordprocessingml.document",
    "application/vnd.ms-excel",
    OFFICE "spreadsheetml.sheet",
    "application/vnd.ms-powerpoint",
    OFFICE "presentationml.presentation",
    "text/csv",
    "text/plain",
    "application/zip",
};

static bool
is_allowed(struct str mime)
{
    for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++)
        if (str_eq(mime, str_of(allowed[i])))
            return true;
    return false;
}

/* Of a whole file, mapped: it is at most FLOW_MEDIA_MAX. */
static struct err
hash_file(struct cx *cx, struct str path, struct str *out)
{
    int file = open(str_cstr(cx->arena, path), O_RDONLY | O_CLOEXEC);
    uint8_t hash[CRYPTO_SHA256_BYTES];
    void *bytes = MAP_FAILED;
    struct stat info;

    if (file >= 0 && fstat(file, &info) == 0 && info.st_size > 0)
        bytes = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    if (file >= 0)
        close(file);
    if (bytes == MAP_FAILED)
        return FAIL(ERR_UNAVAILABLE, "body_unreadable");
    crypto_sha256((struct str){ bytes, (size_t)info.st_size }, hash);
    munmap(bytes, (size_t)info.st_size);
    *out = crypto_hex(cx->arena, hash, sizeof hash);
    return OK;
}

static struct flow_media
media_from_row(const struct db_row *row)
{
    return (struct flow_media){
        .sha256 = db_str(row, 0),
        .name = db_str(row, 1),
        .mime = db_str(row, 2),
        .kind = db_str(row, 3),
        .size_bytes = db_i64(row, 4),
        .added_at_us = db_time(row, 5),
        .sound = db_str(row, 6),
        .duration_s = db_i64(row, 7),
    };
}

struct err
flow_media_add(struct cx *cx, const struct upload *upload, struct flow_media *out)
{
    struct attachment file;
    struct db_row row;
    struct str hash;

    TRY(messages_upload(cx, upload, &file));
    if (!is_allowed(file.mime))
        return FAIL(ERR_UNSUPPORTED, "file_kind_refused");
    TRY(hash_file(cx, upload->file, &hash));
    TRY(db_one(cx, &SQL_flow_media_add, &row, P_ID(cx->account), P_STR(hash), P_I64(file.id),
               P_ID(cx->member), P_TIME(cx->now_us), P_BOOL(str_eq(file.mime, STR(RECORDING)))));
    *out = media_from_row(&row);
    if (str_eq(out->sound, STR("pending")))
        jobs_add(cx, "flow.media", jobs_lane_alone(), db_i64(&row, 8), STR(""), 0);
    audit_add(cx, "flow_file.added", "account", cx->account.v, STR(""));
    return OK;
}

struct err
flow_media_list(struct cx *cx, struct flow_media **out, size_t *n)
{
    struct db_rows rows;

    TRY(db_many(cx, &SQL_flow_media_list, &rows, P_ID(cx->account)));
    *n = (size_t)rows.count;
    *out = arena_array(cx->arena, struct flow_media, *n + 1);
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        (*out)[i] = media_from_row(&row);
    }
    return OK;
}

struct err
flow_media_find(struct cx *cx, struct str ref, struct said_file *out)
{
    struct str hash = ref, kind;
    struct db_row row;
    bool found;

    if (!str_cut(&hash, ':', &kind) || !str_eq(kind, STR("file")))
        return FAIL(ERR_NOT_FOUND, "file_unknown");
    TRY(db_opt(cx, &SQL_flow_media_find, &found, &row, P_ID(cx->account), P_STR(hash)));
    if (!found)
        return FAIL(ERR_NOT_FOUND, "file_unknown");
    out->attachment_id = db_i64(&row, 0);
    out->name = db_str(&row, 1);
    out->voice_id = db_i64(&row, 2);
    return OK;
}
