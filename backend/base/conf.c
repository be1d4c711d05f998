#include "conf.h"

#include "log.h"
#include "net.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

#define FILE_MAX_BYTES (64 * 1024)
#define ENV_PREFIX "BALCAO_"

enum conf_type {
    CONF_TEXT,     /* anything, may be empty */
    CONF_CONNINFO, /* a libpq connection string; a password in it is not printed */
    CONF_PLACE,    /* an absolute path, no slash at the end */
    CONF_URL,      /* http(s)://…, no slash at the end */
    CONF_URL_OPT,  /* the same, may be empty */
    CONF_SMTP,     /* smtp(s)://host[:port], may be empty */
    CONF_SECRET,   /* anything, never printed */
    CONF_HOPS,     /* exact addresses, comma separated, may be empty */
    /* from here on the member is an int64_t */
    CONF_LEVEL, /* debug, info, warn, error */
    CONF_INT,
    CONF_CHILDREN, /* a number, or "4/core" */
    CONF_SECONDS,
    CONF_KIB,
    CONF_BYTES
};

static const char *const type_units[] = {
    [CONF_TEXT] = "text",     [CONF_CONNINFO] = "conninfo", [CONF_PLACE] = "path",
    [CONF_URL] = "url",       [CONF_URL_OPT] = "url",       [CONF_SMTP] = "url",
    [CONF_SECRET] = "secret", [CONF_HOPS] = "addresses",    [CONF_LEVEL] = "level",
    [CONF_INT] = "number",    [CONF_CHILDREN] = "children", [CONF_SECONDS] = "seconds",
    [CONF_KIB] = "kibibytes", [CONF_BYTES] = "bytes",
};

struct conf_key {
    const char *name;
    enum conf_type type;
    size_t offset;
    const char *fallback; /* when neither the file nor the environment says */
    const char *meaning;
    int64_t least, most; /* of numbers */
};

#define AT(member) offsetof(struct conf, member)

static const struct conf_key keys[] = {
    { "DB_API", CONF_CONNINFO, AT(db_api), "dbname=balcao user=balcao_api",
      .meaning = "connection of the API" },
    { "DB_WORKER", CONF_CONNINFO, AT(db_worker), "dbname=balcao user=balcao_worker",
      .meaning = "connection of the workers" },
    { "DB_LIVE", CONF_CONNINFO, AT(db_live), "dbname=balcao user=balcao_live",
      .meaning = "connection of the live gateway" },
    { "DB_OPERATOR", CONF_CONNINFO, AT(db_operator), "dbname=balcao user=balcao_operator",
      .meaning = "connection of the operators' pool" },
    { "DB_OWNER", CONF_CONNINFO, AT(db_owner), "dbname=balcao user=postgres",
      .meaning = "migrations and balcaoctl only" },
    { "RUN_DIR", CONF_PLACE, AT(run_dir), "/run/balcao", .meaning = "sockets and pid files" },
    { "MEDIA_DIR", CONF_PLACE, AT(media_dir), "/var/lib/balcao/media", .meaning = "attachments" },
    { "UPLOAD_DIR", CONF_PLACE, AT(upload_dir), "/var/lib/balcao/uploads",
      .meaning = "bodies handed over by nginx; same file system as MEDIA_DIR" },
    { "KEYS_DIR", CONF_PLACE, AT(keys_dir), "/var/lib/balcao/keys", .meaning = "holds master.key" },
    { "AUDIT_DIR", CONF_PLACE, AT(audit_dir), "/var/lib/balcao/audit",
      .meaning = "signed heads of the trail, out of the database's reach" },
    { "LOG_LEVEL", CONF_LEVEL, AT(log_level), "info", .meaning = "least level shown", LOG_DEBUG,
      LOG_ERROR },
    { "PUBLIC_URL", CONF_URL, AT(public_url), "http://localhost:8080",
      .meaning = "where people reach the product" },
    { "LAB_URL", CONF_URL_OPT, AT(lab_url), "",
      .meaning = "the channel simulators; empty in production" },
    { "OUTBOUND_ALLOW", CONF_TEXT, AT(outbound_allow), "",
      .meaning = "host:port, comma separated, reachable although private" },
    { "TRUSTED_HOPS", CONF_HOPS, AT(trusted_hops), "",
      .meaning = "proxies before nginx whose X-Forwarded-For is believed: exact addresses, comma "
                 "separated; nginx is rendered from it too" },
    { "SMTP_URL", CONF_SMTP, AT(smtp_url), "",
      .meaning = "smtps://host, or smtp://host, which then must speak STARTTLS unless it is this "
                 "machine; empty: letters wait" },
    { "SMTP_USER", CONF_TEXT, AT(smtp_user), "",
      .meaning = "empty: no sign-in at the mail server" },
    { "SMTP_PASSWORD", CONF_SECRET, AT(smtp_password), "", .meaning = "of SMTP_USER" },
    { "MAIL_FROM", CONF_TEXT, AT(mail_from), "balcao@localhost",
      .meaning = "the address that letters come from" },
    { "API_CHILDREN", CONF_CHILDREN, AT(api_children), "4/core",
      .meaning = "requests served at once", 0, 512 },
    { "AUTH_CHILDREN", CONF_CHILDREN, AT(auth_children), "2",
      .meaning = "sign-ins at once; each takes a core and ARGON2_MEMORY_KIB", 0, 64 },
    { "UPLOAD_CHILDREN", CONF_CHILDREN, AT(upload_children), "2",
      .meaning = "uploads judged at once", 0, 64 },
    { "OPERATOR_CHILDREN", CONF_CHILDREN, AT(operator_children), "1",
      .meaning = "requests of operators served at once", 0, 16 },
    { "WORKER_INBOUND", CONF_CHILDREN, AT(worker_inbound), "2",
      .meaning = "events of channels, at once", 0, 256 },
    { "WORKER_OUTBOUND", CONF_CHILDREN, AT(worker_outbound), "2",
      .meaning = "processes that send messages", 0, 256 },
    { "WORKER_FLOW", CONF_CHILDREN, AT(worker_flow), "2", .meaning = "flows walked at once", 0,
      256 },
    { "WORKER_DELIVERY", CONF_CHILDREN, AT(worker_delivery), "1",
      .meaning = "processes that call webhooks", 0, 256 },
    { "WORKER_CHORES", CONF_CHILDREN, AT(worker_chores), "1", .meaning = "housekeeping at once", 0,
      256 },
    { "JOB_LEASE_S", CONF_SECONDS, AT(job_lease_s), "60",
      .meaning = "before another worker may take a job over", 5, 3600 },
    { "ARGON2_TIME", CONF_INT, AT(argon2_time), "2", .meaning = "passes over the memory", 1, 100 },
    { "ARGON2_MEMORY_KIB", CONF_KIB, AT(argon2_memory_kib), "19456",
      .meaning = "memory of one password hash", 8192, 1048576 },
    { "ARGON2_LANES", CONF_INT, AT(argon2_lanes), "1", .meaning = "lanes of one password hash", 1,
      16 },
    { "HOOK_MAX_BYTES", CONF_BYTES, AT(hook_max_bytes), "5242880",
      .meaning = "largest webhook body kept", 1024, 104857600 },
};

#define KEY_COUNT (sizeof(keys) / sizeof(keys[0]))

static bool
is_number(const struct conf_key *key)
{
    return key->type >= CONF_LEVEL;
}

static bool
is_url(struct str s, struct str scheme)
{
    struct str rest;

    if (!str_starts(s, scheme))
        return false;
    rest = (struct str){ s.p + scheme.len, s.len - scheme.len };
    if (str_starts(rest, STR("s")))
        rest = (struct str){ rest.p + 1, rest.len - 1 };
    if (!str_starts(rest, STR("://")))
        return false;
    rest = (struct str){ rest.p + 3, rest.len - 3 };
    return rest.len > 0 && rest.p[0] != '/' && !str_ends(s, STR("/")) && str_find(s, ' ') < 0 &&
           str_find(s, '@') < 0;
}

static bool
is_place(struct str s)
{
    return str_starts(s, STR("/")) && s.len > 1 && !str_ends(s, STR("/"));
}

/* "8" or "4/core". */
static bool
parse_children(struct str s, int64_t *out)
{
    struct str number;
    long cores;

    if (!str_ends(s, STR("/core")))
        return str_i64(s, out);
    cores = sysconf(_SC_NPROCESSORS_ONLN);
    number = (struct str){ s.p, s.len - 5 };
    return str_i64(number, out) && !__builtin_mul_overflow(*out, cores < 1 ? 1 : cores, out);
}

static bool
may_be_empty(enum conf_type type)
{
    return type == CONF_TEXT || type == CONF_URL_OPT || type == CONF_SMTP || type == CONF_SECRET ||
           type == CONF_HOPS;
}

/* No blocks: one that also holds clients would let each of them say where they come from. */
static bool
are_addresses(struct str list)
{
    struct net_address address;

    while (list.len > 0)
        if (!net_cut_address(&list, &address))
            return false;
    return true;
}

static bool
is_text_good(enum conf_type type, struct str value)
{
    switch (type) {
    case CONF_PLACE: return is_place(value);
    case CONF_URL: return is_url(value, STR("http"));
    case CONF_URL_OPT: return value.len == 0 || is_url(value, STR("http"));
    case CONF_SMTP: return value.len == 0 || is_url(value, STR("smtp"));
    case CONF_HOPS: return are_addresses(value);
    default: return true;
    }
}

static bool
parse_number(enum conf_type type, struct str value, int64_t *out)
{
    enum log_level level;

    if (type == CONF_LEVEL) {
        if (!log_level_parse(value, &level))
            return false;
        *out = level;
        return true;
    }
    return type == CONF_CHILDREN ? parse_children(value, out) : str_i64(value, out);
}

/* Puts a value in its place; the slug of what is wrong with it, or NULL. */
static const char *
set_key(struct arena *a, const struct conf_key *key, struct str value, struct conf *out)
{
    void *target = (char *)out + key->offset;
    int64_t number;

    if (value.len == 0 && !may_be_empty(key->type))
        return "conf_missing";
    if (is_number(key)) {
        if (!parse_number(key->type, value, &number) || number < key->least || number > key->most)
            return "conf_value";
        *(int64_t *)target = number;
        return NULL;
    }
    if (!str_is_utf8(value) || !is_text_good(key->type, value))
        return "conf_value";
    *(const char **)target = str_cstr(a, value);
    return NULL;
}

static const struct conf_key *
find_key(struct str name)
{
    for (size_t i = 0; i < KEY_COUNT; i++) {
        if (str_eq(name, str_of(keys[i].name)))
            return &keys[i];
    }
    return NULL;
}

static struct err
read_file(struct arena *a, const char *path, struct str *out)
{
    struct err e = FAIL_FIELD(ERR_UNAVAILABLE, "conf_unreadable", path);
    char *text = arena_alloc(a, FILE_MAX_BYTES + 1);
    size_t len = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return e;
    while (len <= FILE_MAX_BYTES) {
        ssize_t n = read(fd, text + len, FILE_MAX_BYTES + 1 - len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            goto out;
        if (n == 0) {
            *out = (struct str){ text, len };
            e = OK;
            goto out;
        }
        len += (size_t)n;
    }
out:
    close(fd);
    return e;
}

/* A key said twice has its last value, as in a shell. */
static struct err
read_lines(struct arena *a, struct str text, struct str values[KEY_COUNT])
{
    struct str line, name;

    for (int number = 1; str_cut(&text, '\n', &line); number++) {
        const struct conf_key *key;

        line = str_trim(line);
        if (line.len == 0 || line.p[0] == '#')
            continue;
        if (str_find(line, '=') < 1)
            return FAIL_FIELD(ERR_INVALID, "conf_syntax", str_fmt(a, "line %d", number).p);
        str_cut(&line, '=', &name);
        name = str_trim(name);
        key = find_key(name);
        if (key == NULL)
            return FAIL_FIELD(ERR_INVALID, "conf_unknown_key", str_cstr(a, name));
        values[key - keys] = str_trim(line);
    }
    return OK;
}

struct err
conf_load(struct arena *a, const char *path, struct conf *out)
{
    struct str values[KEY_COUNT] = { 0 };
    struct conf conf = { 0 };

    for (size_t i = 0; i < KEY_COUNT; i++)
        values[i] = str_of(keys[i].fallback);

    if (path != NULL) {
        struct str text;

        TRY(read_file(a, path, &text));
        TRY(read_lines(a, text, values));
    }

    for (size_t i = 0; i < KEY_COUNT; i++) {
        const char *env = getenv(str_fmt(a, ENV_PREFIX "%s%c", keys[i].name, '\0').p);
        const char *wrong;

        if (env != NULL)
            values[i] = str_trim(str_of(env));
        wrong = set_key(a, &keys[i], values[i], &conf);
        if (wrong != NULL)
            return FAIL_FIELD(ERR_INVALID, wrong, keys[i].name);
    }
    *out = conf;
    return OK;
}

/* "host=… password=secret" → "host=… password=***" */
static void
print_conninfo(struct str conninfo, struct buf *out)
{
    struct str word;

    for (bool first = true; str_cut(&conninfo, ' ', &word); first = false) {
        if (!first)
            buf_char(out, ' ');
        buf_add(out, str_starts(word, STR("password=")) ? STR("password=***") : word);
    }
}

void
conf_print(const struct conf *conf, struct buf *out)
{
    for (size_t i = 0; i < KEY_COUNT; i++) {
        const struct conf_key *key = &keys[i];
        const void *value = (const char *)conf + key->offset;

        buf_fmt(out, "# %s (%s", key->meaning, type_units[key->type]);
        if (is_number(key) && key->type != CONF_LEVEL)
            buf_fmt(out, ", %lld to %lld", (long long)key->least, (long long)key->most);
        buf_fmt(out, "; default: %s)\n%s=", key->fallback, key->name);

        if (key->type == CONF_LEVEL)
            buf_add(out, str_of(log_level_name((enum log_level) * (const int64_t *)value)));
        else if (is_number(key))
            buf_fmt(out, "%lld", (long long)*(const int64_t *)value);
        else if (key->type == CONF_CONNINFO)
            print_conninfo(str_of(*(const char *const *)value), out);
        else if (key->type == CONF_SECRET)
            buf_add(out, **(const char *const *)value == '\0' ? STR("") : STR("***"));
        else
            buf_add(out, str_of(*(const char *const *)value));
        buf_char(out, '\n');
    }
}
