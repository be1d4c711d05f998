/*
 * Settings of an installation: KEY=VALUE lines of one file, overridden by
 * environment variables BALCAO_KEY. One table in conf.c names every key, its
 * type, unit and default; the same table parses, checks and prints.
 */
#ifndef BASE_CONF_H
#define BASE_CONF_H

#include "err.h"
#include "str.h"

struct conf {
    /* database: libpq connection strings, one role each */
    const char *db_api;
    const char *db_worker;
    const char *db_live;
    const char *db_operator;
    const char *db_owner; /* migrations and balcaoctl only */

    /* places, absolute paths without a slash at the end */
    const char *run_dir;    /* sockets and pid files */
    const char *media_dir;  /* attachments */
    const char *upload_dir; /* bodies that nginx hands over; same file system as media_dir */
    const char *keys_dir;   /* master.key */
    const char *audit_dir;  /* signed heads of the trail, out of the database's reach */

    const char *public_url;     /* scheme://host[:port] of the product, no slash at the end */
    const char *lab_url;        /* simulators; empty in production */
    const char *outbound_allow; /* host:port, comma separated, that may be private addresses */
    const char *trusted_hops; /* addresses of proxies before nginx, comma separated; empty: none */

    /* outgoing mail */
    const char *smtp_url; /* smtp(s)://host[:port]; empty: letters wait in their box */
    const char *smtp_user;
    const char *smtp_password;
    const char *mail_from; /* a bare address */

    int64_t log_level; /* enum log_level */

    /* children per pool */
    int64_t api_children;
    int64_t auth_children;
    int64_t upload_children;
    int64_t operator_children;
    int64_t worker_inbound;
    int64_t worker_outbound;
    int64_t worker_flow;
    int64_t worker_delivery;
    int64_t worker_chores;

    int64_t job_lease_s; /* before another worker may take a job over */

    /* argon2id */
    int64_t argon2_time;
    int64_t argon2_memory_kib;
    int64_t argon2_lanes;

    int64_t hook_max_bytes; /* largest webhook body kept */
};

/*
 * Reads the file (NULL: environment and defaults only). Strings live as long as
 * the arena. On failure the slug says what is wrong and field names the key:
 * conf_unreadable, conf_syntax, conf_unknown_key, conf_missing, conf_value.
 */
MUST_CHECK struct err conf_load(struct arena *a, const char *path, struct conf *out);

/*
 * Every key as a file that conf_load takes, each under a comment with its meaning,
 * unit and default. Passwords inside connection strings print as ***.
 */
void conf_print(const struct conf *conf, struct buf *out);

#endif
