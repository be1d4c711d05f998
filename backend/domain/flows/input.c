#include "step.h"

#include "base/fold.h"
#include "members.h"

const char *const input_kind_names[INPUT__COUNT] = {
    [INPUT_START] = "start",
    [INPUT_MESSAGE] = "message",
    [INPUT_REPLY] = "reply",
    [INPUT_DIGITS] = "digits",
    [INPUT_TIMER] = "timer",
    [INPUT_CALL_RESULT] = "call_result",
    [INPUT_TAKEN] = "taken",
    [INPUT_RETURNED] = "returned",
    [INPUT_TICKET_CLOSED] = "ticket_closed",
    [INPUT_COMMAND] = "command",
    [INPUT_SEND_FAILED] = "send_failed",
    [INPUT_HANGUP] = "hangup",
};

#define AT(member) offsetof(struct input, member)

/* A table for all kinds: what one has no use for is not looked at. */
static const struct member members[] = {
    { "kind", MEMBER_WORD, AT(kind), input_kind_names, INPUT__COUNT },
    { "id", MEMBER_TEXT, AT(id) },
    { "at_us", MEMBER_WHOLE, AT(at_us) },
    { "form", MEMBER_WORD, AT(said.form), answer_form_names, FORM__COUNT },
    { "text", MEMBER_TEXT, AT(said.text) },
    { "lat_e6", MEMBER_WHOLE, AT(said.lat_e6) },
    { "lng_e6", MEMBER_WHOLE, AT(said.lng_e6) },
    { "phone", MEMBER_TEXT, AT(said.phone) },
    { "message_id", MEMBER_WHOLE, AT(message_id) },
    { "sent_at_us", MEMBER_WHOLE, AT(sent_at_us) },
    { "payload", MEMBER_TEXT, AT(payload) },
    { "title", MEMBER_TEXT, AT(said.text) },
    { "first_text", MEMBER_TEXT, AT(first_text) },
    { "cause", MEMBER_TEXT, AT(cause) },
    { "token", MEMBER_WHOLE, AT(token) },
    { "which", MEMBER_TEXT, AT(which) },
    { "digits", MEMBER_TEXT, AT(digits) },
    { "ended_by", MEMBER_TEXT, AT(ended_by) },
    { "how", MEMBER_TEXT, AT(how) },
    { "by", MEMBER_TEXT, AT(by) },
    { "mode", MEMBER_TEXT, AT(mode) },
    { "flow", MEMBER_TEXT, AT(flow) },
    { "epoch", MEMBER_WHOLE, AT(epoch) },
    { "was_served", MEMBER_FLAG, AT(was_served) },
    { "name", MEMBER_TEXT, AT(name) },
    { "code", MEMBER_TEXT, AT(code) },
    { "effect", MEMBER_TEXT, AT(effect) },
    { "call", MEMBER_TEXT, AT(result.call) },
    { "outcome", MEMBER_TEXT, AT(result.outcome) },
    { "took_ms", MEMBER_WHOLE, AT(result.took_ms) },
    { 0 },
};
static const struct member file_members[] = {
    { "ref", MEMBER_TEXT, AT(said.file.ref) },
    { "mime", MEMBER_TEXT, AT(said.file.mime) },
    { "size_bytes", MEMBER_WHOLE, AT(said.file.size_bytes) },
    { "duration_s", MEMBER_WHOLE, AT(said.file.duration_s) },
    { 0 },
};

struct err
input_read(struct arena *a, const struct json *json, struct input *out)
{
    *out = (struct input){ 0 };
    if (json_kind(json) != JSON_OBJECT)
        return FAIL(ERR_INVALID, "wrong_type");
    if (json_get(json, "kind") == NULL)
        return FAIL_FIELD(ERR_INVALID, "required", "kind");
    TRY(members_read(json, members, out));
    TRY(members_read(json_get(json, "file"), file_members, out));
    out->result.data = json_get(json, "data");
    out->said.text = fold_clean(a, out->said.text);
    out->first_text = fold_clean(a, out->first_text);
    return OK;
}
