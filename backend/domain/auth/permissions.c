#include "permissions.h"

enum {
    OWNER = 1,
    ADMINISTRATOR = 2,
    MANAGER = 4,
    AGENT = 8,
    FINANCE = 16,
    INTEGRATOR = 32,

    SERVES = OWNER | ADMINISTRATOR | MANAGER | AGENT, /* people who talk to customers */
    LEADS = OWNER | ADMINISTRATOR | MANAGER,
    RULES = OWNER | ADMINISTRATOR,
    ROLES__ALL = 64
};

static const char *const role_names[] = { "owner", "administrator", "manager",
                                          "agent", "finance",       "integrator" };

static const struct permission {
    const char *name;
    unsigned roles;
} permissions[] = {
    { "tickets.view", SERVES | INTEGRATOR },
    { "tickets.reply", SERVES | INTEGRATOR },
    { "tickets.whisper", SERVES },
    { "tickets.pick", SERVES },
    { "tickets.take_over", LEADS },
    { "tickets.transfer", SERVES | INTEGRATOR },
    { "tickets.close", SERVES | INTEGRATOR },
    { "contacts.view", SERVES | INTEGRATOR },
    { "contacts.edit", SERVES | INTEGRATOR },
    { "departments.view", SERVES | FINANCE | INTEGRATOR },
    { "channels.view", LEADS | INTEGRATOR },
    { "channels.manage", RULES },
};

enum { PERMISSIONS = sizeof permissions / sizeof permissions[0] };

/* One array text per combination of roles, made when it is first asked for. */
static char arrays[ROLES__ALL][80];

static struct str
array_of(unsigned roles)
{
    char *text = arrays[roles];
    size_t len = 0;

    if (text[0] == '\0') {
        text[len++] = '{';
        for (size_t i = 0; i < sizeof role_names / sizeof role_names[0]; i++) {
            if ((roles & (1u << i)) == 0)
                continue;
            if (len > 1)
                text[len++] = ',';
            memcpy(text + len, role_names[i], strlen(role_names[i]));
            len += strlen(role_names[i]);
        }
        text[len++] = '}';
        text[len] = '\0';
    }
    return str_of(text);
}

struct str
permissions_roles(const char *permission)
{
    for (size_t i = 0; i < PERMISSIONS; i++)
        if (strcmp(permissions[i].name, permission) == 0)
            return array_of(permissions[i].roles);
    BUG("permission=%s is not in the table", permission);
}

static unsigned
role_bit(struct str role)
{
    for (size_t i = 0; i < sizeof role_names / sizeof role_names[0]; i++)
        if (str_eq(role, str_of(role_names[i])))
            return 1u << i;
    return 0;
}

bool
permissions_role_holds(struct str role, const char *permission)
{
    for (size_t i = 0; i < PERMISSIONS; i++)
        if (strcmp(permissions[i].name, permission) == 0)
            return (permissions[i].roles & role_bit(role)) != 0;
    BUG("permission=%s is not in the table", permission);
}

void
permissions_write(struct json_out *o, struct str role)
{
    unsigned bit = role_bit(role);

    json_open(o, '[');
    for (size_t i = 0; i < PERMISSIONS; i++)
        if ((permissions[i].roles & bit) != 0)
            json_put_str(o, str_of(permissions[i].name));
    json_close(o, ']');
}
