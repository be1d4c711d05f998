/*
 * What a file really is: by its bytes, never by what its sender says.
 */
#include "messages_private.h"

#include <magic.h>

/* One cookie per process: loading the database takes longer than asking it. */
static magic_t
cookie(void)
{
    static magic_t loaded;

    if (loaded == NULL) {
        loaded = magic_open(MAGIC_MIME_TYPE);
        if (loaded == NULL || magic_load(loaded, NULL) != 0)
            BUG("libmagic has no database");
    }
    return loaded;
}

/* The types whose class libmagic names differently from the people who send them. */
static const struct {
    const char *mime, *kind;
} exceptions[] = {
    { "image/svg+xml", "document" }, /* a program, not a picture */
    { "application/ogg", "audio" },
    { "video/ogg", "audio" }, /* voice notes carry no picture */
    { "image/vnd.adobe.photoshop", "document" },
    { "image/tiff", "document" },
};

static const char *
kind_of(struct str mime)
{
    for (size_t i = 0; i < sizeof exceptions / sizeof exceptions[0]; i++)
        if (str_eq(mime, str_of(exceptions[i].mime)))
            return exceptions[i].kind;
    if (str_starts(mime, STR("image/")))
        return "image";
    if (str_starts(mime, STR("audio/")))
        return "audio";
    if (str_starts(mime, STR("video/")))
        return "video";
    return "document";
}

struct err
media_sniff(struct arena *a, const char *path, struct sniffed *out)
{
    const char *mime = magic_file(cookie(), path);

    if (mime == NULL)
        return FAIL(ERR_UNAVAILABLE, "file_unreadable");
    out->mime = str_dup(a, str_of(mime));
    if (str_eq(out->mime, STR("application/ogg")) || str_eq(out->mime, STR("video/ogg")))
        out->mime = STR("audio/ogg");
    out->kind = kind_of(out->mime);
    return OK;
}

bool
media_type_fits(struct str declared, const struct sniffed *found)
{
    const char *kind = kind_of(declared);

    /* Documents have a hundred names for the same bytes; pictures, sounds and films must be themselves. */
    if (strcmp(kind, "document") == 0)
        return true;
    /* Containers of sound and film share their bytes: a voice note may look like a film without pictures. */
    if (strcmp(kind, "audio") == 0 && strcmp(found->kind, "video") == 0)
        return true;
    return strcmp(kind, found->kind) == 0;
}

/* U+202A–202E and U+2066–2069 turn text around: "gpj.exe" would read "exe.jpg". */
static bool
turns_text(const char *p, size_t left)
{
    const unsigned char *u = (const unsigned char *)p;

    if (left < 3 || u[0] != 0xE2)
        return false;
    return (u[1] == 0x80 && u[2] >= 0xAA && u[2] <= 0xAE) ||
           (u[1] == 0x81 && u[2] >= 0xA6 && u[2] <= 0xA9);
}

struct str
media_filename(struct arena *a, struct str declared)
{
    struct buf name = { .arena = a };

    if (!str_is_utf8(declared))
        declared = STR("");
    for (size_t i = 0; i < declared.len; i++) {
        unsigned char c = (unsigned char)declared.p[i];

        if (c == '/' || c == '\\')
            name.len = 0; /* only what follows the last separator is a name */
        else if (turns_text(declared.p + i, declared.len - i))
            i += 2;
        else if (c >= 0x20 && c != 0x7F)
            buf_char(&name, (char)c);
    }
    declared = str_first_code_points(str_trim(buf_str(&name)), 120);
    if (declared.len == 0 || str_eq(declared, STR(".")) || str_eq(declared, STR("..")))
        return STR("arquivo");
    return declared;
}
