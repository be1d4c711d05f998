#include "permissions.h"

#include "base/db.h"

#include "auth.sql.h"

enum {
    OWNER = 1,
    ADMINISTRATOR = 2,
    MANAGER = 4,
    AGENT = 8,
    FINANCE = 16,
    INTEGRATOR = 32,

    SERVES = ADMINISTRATOR | MANAGER | AGENT, /* people who talk to customers */
    LEADS = ADMINISTRATOR | MANAGER,

    SCOPED = PERMISSION_SCOPED,
    STEP_UP = PERMISSION_STEP_UP,
    READ = PERMISSION_READ_AUDITED,
    NO_TOKEN = PERMISSION_NO_TOKEN
};

const char *const builtin_groups[] = { "owner",   "administrator", "manager", "agent",
                                       "finance", "integrator",    NULL };

/*
 * The owner holds everything, present and future, and is not named. Numbers leave
 * room for what other rooms will bring.
 */
const struct permission permissions[] = {
    { 0, "tickets.view", SERVES | INTEGRATOR, SCOPED },
    { 1, "tickets.view_bot", LEADS, SCOPED },
    { 2, "tickets.view_history", SERVES, SCOPED },
    { 3, "tickets.reply", SERVES | INTEGRATOR, SCOPED },
    { 4, "tickets.whisper", SERVES, SCOPED },
    { 5, "tickets.pick", SERVES, SCOPED },
    { 6, "tickets.assign", LEADS, SCOPED },
    { 7, "tickets.take_over", LEADS, SCOPED },
    { 8, "tickets.transfer", SERVES | INTEGRATOR, SCOPED },
    { 9, "tickets.close", SERVES | INTEGRATOR, SCOPED },
    { 10, "tickets.close_in_survey", LEADS, SCOPED },
    { 11, "tickets.reopen", SERVES, SCOPED },
    { 12, "tickets.start", SERVES | INTEGRATOR, SCOPED },
    { 13, "tickets.classify", SERVES | INTEGRATOR, SCOPED },
    { 14, "tickets.tag", SERVES | INTEGRATOR, SCOPED },
    { 15, "tickets.snooze", SERVES, SCOPED },
    { 16, "tickets.prioritize", LEADS, SCOPED },
    { 17, "tickets.merge", LEADS, SCOPED },
    { 18, "tickets.bulk", LEADS, SCOPED },
    { 19, "tickets.peek", LEADS, SCOPED | READ },
    { 20, "tickets.invite", SERVES, SCOPED },
    { 21, "tickets.transcript", LEADS, SCOPED | READ },
    { 22, "messages.template", SERVES | INTEGRATOR, SCOPED },
    { 24, "messages.schedule", SERVES, SCOPED },
    { 25, "messages.edit_own", SERVES, SCOPED },
    { 27, "messages.view_original", ADMINISTRATOR, SCOPED | READ },
    { 30, "contacts.view", SERVES | INTEGRATOR, SCOPED },
    { 31, "contacts.view_all", LEADS | INTEGRATOR, 0 },
    { 32, "contacts.unmask", LEADS, SCOPED | READ },
    { 33, "contacts.create", SERVES | INTEGRATOR, 0 },
    { 34, "contacts.edit", SERVES | INTEGRATOR, SCOPED },
    { 35, "contacts.delete", ADMINISTRATOR, SCOPED },
    { 36, "contacts.merge", LEADS, SCOPED },
    { 37, "contacts.block", LEADS, SCOPED },
    { 38, "contacts.tag", SERVES | INTEGRATOR, SCOPED },
    { 40, "contacts.import", ADMINISTRATOR, STEP_UP },
    { 41, "contacts.export", ADMINISTRATOR, SCOPED | STEP_UP | READ },
    { 42, "contact_groups.manage", LEADS, 0 },
    { 43, "contact_fields.manage", ADMINISTRATOR, 0 },
    { 44, "customers.view", SERVES | FINANCE | INTEGRATOR, SCOPED },
    { 45, "customers.edit", SERVES | INTEGRATOR, SCOPED },
    { 46, "consents.view", SERVES, SCOPED },
    { 47, "consents.record", SERVES | INTEGRATOR, SCOPED },
    { 48, "chat.use", SERVES | FINANCE, 0 },
    { 49, "chat.export", 0, STEP_UP | READ | NO_TOKEN },
    { 50, "internal_groups.manage", LEADS, 0 },
    { 51, "canned.use", SERVES, 0 },
    { 52, "canned.edit_own", SERVES, 0 },
    { 53, "canned.edit_department", LEADS, SCOPED },
    { 54, "canned.edit_account", ADMINISTRATOR, 0 },
    { 55, "tags.create", SERVES, 0 },
    { 56, "tags.manage", LEADS, 0 },
    { 57, "reasons.manage", LEADS, 0 },
    { 62, "companies.manage", ADMINISTRATOR, 0 },
    { 63, "departments.view", SERVES | FINANCE | INTEGRATOR, 0 },
    { 64, "departments.manage", ADMINISTRATOR, 0 },
    { 65, "departments.members", LEADS, SCOPED },
    { 66, "hours.manage", LEADS, SCOPED },
    { 67, "breaks.manage", LEADS, 0 },
    { 68, "breaks.supervise", LEADS, SCOPED },
    { 69, "presence.set", LEADS, SCOPED },
    { 70, "distribution.manage", LEADS, SCOPED },
    { 71, "sla.manage", LEADS, 0 },
    { 72, "settings.view", LEADS, 0 },
    { 73, "settings.manage", ADMINISTRATOR, 0 },
    { 74, "privacy_terms.manage", ADMINISTRATOR, 0 },
    { 75, "channels.view", LEADS | INTEGRATOR, 0 },
    { 76, "channels.manage", ADMINISTRATOR, 0 },
    { 77, "channels.secrets", ADMINISTRATOR, STEP_UP },
    { 80, "templates.view", SERVES | INTEGRATOR, 0 },
    { 81, "templates.manage", LEADS, 0 },
    { 83, "flows.view", LEADS, 0 },
    { 84, "flows.edit", ADMINISTRATOR, 0 },
    { 85, "flows.publish", ADMINISTRATOR, 0 },
    { 86, "flows.simulate", LEADS, 0 },
    { 87, "flows.trace", LEADS, SCOPED },
    { 88, "flows.stop", LEADS, SCOPED },
    { 89, "flows.import", ADMINISTRATOR, 0 },
    { 110, "surveys.view", LEADS, SCOPED },
    { 125, "users.view", LEADS, 0 },
    { 126, "users.invite", ADMINISTRATOR, STEP_UP },
    { 127, "users.edit", ADMINISTRATOR, STEP_UP },
    { 128, "users.deactivate", ADMINISTRATOR, STEP_UP },
    { 129, "users.reset_password", ADMINISTRATOR, STEP_UP },
    { 130, "users.reset_factor", ADMINISTRATOR, STEP_UP | NO_TOKEN },
    { 131, "users.unlock", LEADS, 0 },
    { 132, "users.diagnose", LEADS, 0 },
    { 133, "users.sessions", ADMINISTRATOR, 0 },
    { 134, "groups.view", LEADS, 0 },
    { 135, "groups.manage", ADMINISTRATOR, STEP_UP | NO_TOKEN },
    { 136, "networks.manage", ADMINISTRATOR, STEP_UP | NO_TOKEN },
    { 137, "security.manage", ADMINISTRATOR, STEP_UP | NO_TOKEN },
    { 138, "tokens.view", ADMINISTRATOR | INTEGRATOR, 0 },
    { 139, "tokens.create", ADMINISTRATOR | INTEGRATOR, STEP_UP | NO_TOKEN },
    { 140, "tokens.revoke", ADMINISTRATOR | INTEGRATOR, 0 },
    { 141, "audit.view", ADMINISTRATOR, 0 },
    { 142, "audit.export", ADMINISTRATOR, STEP_UP | READ },
    { 161, "retention.manage", ADMINISTRATOR, STEP_UP | NO_TOKEN },
    { 170, "flows.secrets", ADMINISTRATOR, STEP_UP },
    { 0 },
};

const struct permission *
permissions_find(struct str name)
{
    for (const struct permission *p = permissions; p->name != NULL; p++)
        if (str_eq(name, str_of(p->name)))
            return p;
    return NULL;
}

const struct permission *
permissions_get(const char *name)
{
    const struct permission *found = permissions_find(str_of(name));

    if (found == NULL)
        BUG("permission=%s is not in the table", name);
    return found;
}

bool
permissions_has(const struct permission_set *set, const struct permission *permission)
{
    return (set->bits[permission->number / 8] >> (permission->number % 8) & 1) != 0;
}

void
permissions_add(struct permission_set *set, const struct permission *permission)
{
    set->bits[permission->number / 8] |= (uint8_t)(1u << (permission->number % 8));
}

bool
permissions_within(const struct permission_set *set, const struct permission_set *of,
                   const struct permission **missing)
{
    for (const struct permission *p = permissions; p->name != NULL; p++)
        if (permissions_has(set, p) && !permissions_has(of, p)) {
            if (missing != NULL)
                *missing = p;
            return false;
        }
    return true;
}

bool
permissions_parse(struct str bits, struct permission_set *out)
{
    *out = (struct permission_set){ 0 };
    if (bits.len != PERMISSIONS_MAX)
        return false;
    for (size_t i = 0; i < PERMISSIONS_MAX; i++) {
        if (bits.p[i] == '1')
            out->bits[i / 8] |= (uint8_t)(1u << (i % 8));
        else if (bits.p[i] != '0')
            return false;
    }
    return true;
}

void
permissions_write(struct json_out *o, const struct permission_set *set)
{
    json_open(o, '[');
    for (const struct permission *p = permissions; p->name != NULL; p++)
        if (permissions_has(set, p))
            json_put_str(o, str_of(p->name));
    json_close(o, ']');
}

static struct db_param
builtins_of(struct arena *a, const struct permission *p)
{
    struct str names[PERMISSIONS_MAX];
    size_t n = 0;

    for (int i = 0; builtin_groups[i] != NULL; i++)
        if ((p->builtins & (1u << i)) != 0)
            names[n++] = str_of(builtin_groups[i]);
    return db_p_strs(a, names, n);
}

struct err
permissions_publish(struct cx *cx)
{
    int64_t changed = 0, n;

    for (const struct permission *p = permissions; p->name != NULL; p++) {
        TRY(db_exec(cx, &SQL_permission_publish, &n, P_I64(p->number), P_STR(str_of(p->name)),
                    builtins_of(cx->arena, p)));
        changed += n;
    }
    if (changed > 0)
        TRY(db_exec_(cx, &SQL_access_compile_everything, NULL, NULL, 0));
    return OK;
}
