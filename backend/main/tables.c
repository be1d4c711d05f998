#include "tables.h"

#include "domain/auth/auth.h"
#include "domain/channels/channels.h"
#include "domain/contacts/contacts.h"
#include "domain/desk/desk.h"
#include "domain/messages/messages.h"
#include "domain/operators/operators.h"
#include "domain/tickets/tickets.h"
#include "domain/widget/widget.h"
#include "main/system_routes.h"

const struct route *const route_tables[] = {
    auth_routes,     desk_routes,     tickets_routes, messages_routes, media_routes,
    contacts_routes, channels_routes, hooks_routes,   widget_routes,   system_routes,
};
const size_t route_table_count = sizeof route_tables / sizeof route_tables[0];

const struct route *const operator_tables[] = { operators_routes };
const size_t operator_table_count = sizeof operator_tables / sizeof operator_tables[0];

const struct job_kind *const job_tables[] = { messages_jobs };
const size_t job_table_count = sizeof job_tables / sizeof job_tables[0];
