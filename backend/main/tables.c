#include "tables.h"

#include "domain/answers/answers.h"
#include "domain/audit/audit.h"
#include "domain/auth/attempts.h"
#include "domain/auth/auth.h"
#include "domain/auth/devices.h"
#include "domain/auth/email.h"
#include "domain/auth/factor.h"
#include "domain/auth/passwords.h"
#include "domain/auth/sessions.h"
#include "domain/auth/signin.h"
#include "domain/auth/step_up.h"
#include "domain/bulk/bulk.h"
#include "domain/channels/channels.h"
#include "domain/chat/chat.h"
#include "domain/contacts/contacts.h"
#include "domain/contacts/trail.h"
#include "domain/desk/desk.h"
#include "domain/distribution/distribution.h"
#include "domain/exports/exports.h"
#include "domain/flows/flow_funnel.h"
#include "domain/flows/flow_host.h"
#include "domain/flows/flow_media.h"
#include "domain/flows/flow_moves.h"
#include "domain/flows/flow_pages.h"
#include "domain/flows/flow_return.h"
#include "domain/flows/flow_runs.h"
#include "domain/flows/flow_secrets.h"
#include "domain/flows/flows.h"
#include "domain/flows/recall.h"
#include "domain/hours/hours.h"
#include "domain/intake/intake.h"
#include "domain/mail/mail.h"
#include "domain/messages/messages.h"
#include "domain/notices/notices.h"
#include "domain/operators/operators.h"
#include "domain/org/companies.h"
#include "domain/org/departments.h"
#include "domain/people/people.h"
#include "domain/presence/breaks.h"
#include "domain/search/search.h"
#include "domain/settings/settings.h"
#include "domain/surveys/surveys.h"
#include "domain/tags/tags.h"
#include "domain/templates/templates.h"
#include "domain/tickets/start.h"
#include "domain/tickets/tickets.h"
#include "domain/timers/timers.h"
#include "domain/variables/variables.h"
#include "domain/widget/widget.h"
#include "main/system_routes.h"

const struct route *const route_tables[] = {
    attempts_routes,       audit_routes,         auth_routes,          devices_routes,
    email_routes,          factor_routes,        passwords_routes,     sessions_routes,
    signin_routes,         step_up_routes,       tokens_routes,        desk_routes,
    tickets_routes,        messages_routes,      media_routes,         contacts_routes,
    channels_routes,       hooks_routes,         groups_routes,        invites_routes,
    members_routes,        networks_routes,      photo_routes,         profile_routes,
    resets_routes,         security_routes,      widget_routes,        system_routes,
    trail_routes,          companies_routes,     departments_routes,   settings_routes,
    close_reasons_routes,  variables_routes,     answers_routes,       search_routes,
    schedule_routes,       ticket_acts_routes,   ticket_types_routes,  tags_routes,
    bulk_routes,           hours_routes,         consents_routes,      contact_acts_routes,
    contact_field_routes,  contact_group_routes, contact_list_routes,  customers_routes,
    identities_routes,     imports_routes,       merge_routes,         chat_routes,
    internal_group_routes, ticket_start_routes,  intake_routes,        intake_rules_routes,
    presence_routes,       breaks_routes,        break_reasons_routes, distribution_routes,
    timers_routes,         sla_routes,           notices_routes,       exports_routes,
    ticket_merge_routes,   amend_routes,         first_steps_routes,   flows_routes,
    flow_versions_routes,  flow_starts_routes,   flow_files_routes,    surveys_routes,
    flow_return_routes,    flow_media_routes,    flow_secrets_routes,  flow_simulate_routes,
    flow_runs_routes,      flow_funnel_routes,   flow_models_routes,   flow_moves_routes,
    flow_pages_routes,     templates_routes,     recall_routes,
};
const size_t route_table_count = sizeof route_tables / sizeof route_tables[0];

const struct route *const operator_tables[] = { operators_door_routes, operators_routes };
const size_t operator_table_count = sizeof operator_tables / sizeof operator_tables[0];

const struct job_kind *const job_tables[] = {
    audit_jobs,    bulk_jobs,       contact_jobs, distribution_jobs, email_jobs,   exports_jobs,
    flows_jobs,    flow_moves_jobs, mail_jobs,    messages_jobs,     notices_jobs, people_jobs,
    presence_jobs, search_jobs,     tags_jobs,    templates_jobs,    tickets_jobs, timers_jobs
};
const size_t job_table_count = sizeof job_tables / sizeof job_tables[0];
