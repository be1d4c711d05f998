#include "agent.h"

struct mark {
    const char *part, *name;
};

/* In this order: later ones are also named by those before them. */
static const struct mark browsers[] = {
    { "Edg/", "Edge" },        { "OPR/", "Opera" },     { "SamsungBrowser/", "Samsung Internet" },
    { "Firefox/", "Firefox" }, { "FxiOS/", "Firefox" }, { "CriOS/", "Chrome" },
    { "Chrome/", "Chrome" },   { "Safari/", "Safari" }, { 0 },
};

static const struct mark systems[] = {
    { "Android", "Android" }, { "iPhone", "iPhone" },
    { "iPad", "iPad" },       { "Windows", "Windows" },
    { "Mac OS X", "macOS" },  { "CrOS", "ChromeOS" },
    { "Linux", "Linux" },     { 0 },
};

static const char *
first_of(const struct mark *marks, struct str text)
{
    for (; marks->part != NULL; marks++)
        if (str_has(text, str_of(marks->part)))
            return marks->name;
    return NULL;
}

struct agent
agent_parse(struct str user_agent)
{
    return (struct agent){ first_of(browsers, user_agent), first_of(systems, user_agent) };
}

void
agent_write(struct json_out *o, struct str user_agent)
{
    struct agent agent = agent_parse(user_agent);

    json_open(o, '{');
    json_kv_str(o, "browser", str_of(agent.browser));
    json_kv_str(o, "system", str_of(agent.system));
    json_close(o, '}');
}

struct str
agent_of(const struct req *req)
{
    struct str agent = req->header(req, "User-Agent");

    return str_is_utf8(agent) && agent.len > 0 ? str_first_code_points(agent, 200) : STR("unknown");
}
