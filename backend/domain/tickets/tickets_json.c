/*
 * The shapes of openapi.yaml: Ticket, Message, Attachment. One writer each, for
 * answers and live events alike.
 */
#include "tickets_private.h"

#include <stdio.h>

/* Phones are shown with their plus; a visitor's key means nothing to anybody. */
static struct str
shown_address(const struct ticket *t, char out[24])
{
    int n;

    if (str_eq(t->contact_kind, STR("visitor")))
        return STR("visitor");
    if (!str_eq(t->contact_kind, STR("phone")) || t->contact_address.len > 20 ||
        str_starts(t->contact_address, STR("+")))
        return t->contact_address;
    n = snprintf(out, 24, "+%.*s", STR_ARG(t->contact_address));
    return (struct str){ out, (size_t)n };
}

/* "{1,2}" as a list. */
static void
put_ids(struct json_out *o, const char *key, struct str array)
{
    json_key(o, key);
    json_open(o, '[');
    if (array.len > 2)
        json_put_raw(o, (struct str){ array.p + 1, array.len - 2 });
    json_close(o, ']');
}

static void
write_ticket(struct json_out *o, const struct ticket *t, struct str name, struct str address)
{
    json_open(o, '{');
    json_kv_i64(o, "id", t->id.v);
    json_kv_str(o, "protocol", t->protocol);
    json_kv_str(o, "state", str_of(ticket_state_names[t->state]));
    json_kv_str(o, "controller", t->controller);
    json_kv_str(o, "priority", str_of(ticket_priority_names[t->priority]));
    json_kv_i64(o, "channel_id", t->channel.v);
    json_kv_id(o, "department_id", t->department.v);
    json_kv_id(o, "assignee_id", t->assignee.v);
    json_key(o, "contact");
    json_open(o, '{');
    json_kv_i64(o, "id", t->contact.v);
    json_kv_str(o, "name", name);
    json_kv_str(o, "address", address);
    json_close(o, '}');
    json_kv_i64(o, "unread_count", t->unread_count);
    json_kv_i64(o, "last_seq", t->last_seq);
    json_key(o, "last");
    json_open(o, '{');
    json_kv_str(o, "kind", t->last_kind);
    json_kv_str(o, "direction", t->last_direction);
    json_kv_str(o, "state", t->last_state);
    json_kv_str(o, "preview", t->last_preview);
    json_kv_str(o, "author_kind", t->last_author_kind);
    json_kv_id(o, "author_id", t->last_author.v);
    json_close(o, '}');
    json_kv_time(o, "last_activity_at", t->last_activity_at_us);
    json_kv_time(o, "last_inbound_at", t->last_inbound_at_us);
    json_kv_time(o, "last_outbound_at", t->last_outbound_at_us);
    json_kv_time(o, "window_ends_at", t->window_ends_at_us);
    json_kv_time(o, "opened_at", t->opened_at_us);
    json_kv_time(o, "queued_at", t->queued_at_us);
    json_kv_time(o, "assigned_at", t->assigned_at_us);
    json_kv_time(o, "closed_at", t->closed_at_us);
    json_kv_id(o, "closed_by", t->closed_by.v);
    json_kv_id(o, "reason_id", t->reason_id);
    json_kv_id(o, "type_id", t->type_id);
    put_ids(o, "tag_ids", t->tag_ids);
    json_kv_time(o, "snoozed_until", t->snoozed_until_us);
    json_kv_time(o, "woken_at", t->woken_at_us);
    json_kv_id(o, "taken_from_id", t->taken_from.v);
    json_kv_time(o, "out_of_hours_at", t->out_of_hours_at_us);
    json_key(o, "sla");
    json_put_raw(o, t->sla.p == NULL ? STR("null") : t->sla);
    json_key(o, "origin");
    json_put_raw(o, t->origin.p == NULL ? STR("null") : t->origin);
    json_kv_id(o, "merged_into", t->merged_into.v);
    put_ids(o, "merged_ids", t->merged_ids);
    json_close(o, '}');
}

void
ticket_write_json(struct json_out *o, const void *value)
{
    const struct ticket *t = value;
    char address[24];

    write_ticket(o, t, t->contact_name, shown_address(t, address));
}

void
ticket_write_event(struct json_out *o, const void *value)
{
    const struct ticket *t = value;
    bool is_phone = str_eq(t->contact_kind, STR("phone"));
    char name[CONTACT_MASKED_BYTES], address[CONTACT_MASKED_BYTES], shown[24];

    write_ticket(
        o, t,
        contacts_is_like_phone(t->contact_name) ? contacts_mask_phone(t->contact_name, name)
                                                : t->contact_name,
        is_phone ? contacts_mask_phone(t->contact_address, address) : shown_address(t, shown));
}

void
attachment_write_json(struct json_out *o, const void *value)
{
    const struct attachment *a = value;

    json_open(o, '{');
    json_kv_i64(o, "id", a->id);
    json_kv_str(o, "state", a->state);
    json_kv_str(o, "kind", a->kind);
    json_kv_str(o, "mime", a->mime);
    json_kv_str(o, "filename", a->filename);
    json_kv_i64(o, "size_bytes", a->size_bytes);
    json_kv_str(o, "error_slug", a->error_slug);
    json_kv_time(o, "created_at", a->created_at_us);
    json_close(o, '}');
}

static void
put_json_or(struct json_out *o, struct str json, const char *otherwise)
{
    json_put_raw(o, json.p == NULL ? str_of(otherwise) : json);
}

void
message_write_json(struct json_out *o, const void *value)
{
    const struct message *m = value;
    bool is_gone =
        m->deleted_at_us != 0; /* taken back: its words and files are not told any more */

    json_open(o, '{');
    json_kv_i64(o, "ticket_id", m->ticket.v);
    json_kv_i64(o, "seq", m->seq);
    json_kv_time(o, "created_at", m->created_at_us);
    json_kv_time(o, "provider_at", m->provider_at_us);
    json_kv_str(o, "direction", m->direction);
    json_kv_str(o, "author_kind", m->author_kind);
    json_kv_id(o, "author_id", m->author.v);
    json_kv_str(o, "kind", m->kind);
    json_kv_str(o, "text", is_gone || m->text.p == NULL ? STR("") : m->text);
    json_key(o, "detail");
    put_json_or(o, m->detail, "null");
    json_key(o, "reactions");
    put_json_or(o, m->reactions, "[]");
    json_kv_id(o, "quoted_seq", m->quoted_seq);
    json_key(o, "attachments");
    json_open(o, '[');
    for (int64_t i = 0; !is_gone && m->attachments != NULL && i < m->attachment_count; i++)
        attachment_write_json(o, &m->attachments[i]);
    json_close(o, ']');
    json_kv_str(o, "state", m->state);
    json_kv_str(o, "error_code", m->error_code);
    json_kv_str(o, "error_slug", m->error_slug);
    json_kv_str(o, "client_key", m->client_key);
    json_kv_time(o, "edited_at", m->edited_at_us);
    json_kv_time(o, "deleted_at", m->deleted_at_us);
    put_ids(o, "tag_ids", m->tag_ids);
    json_close(o, '}');
}
