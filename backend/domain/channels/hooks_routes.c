/*
 * Where providers deliver. The token in the path says which channel is meant; the
 * signature says whether to believe it.
 */
#include "channels_private.h"

static struct err
get_hook(struct cx *cx, struct req *req, struct res *res)
{
    struct channel channel;
    struct str answer;

    TRY(channels_enter_by_hook(cx, req_path(req, "token"), &channel));
    if (channel.driver->challenge == NULL)
        return FAIL(ERR_NOT_FOUND, "channel_unknown");
    TRY(channel.driver->challenge(req_query(req, "hub.mode"), req_query(req, "hub.verify_token"),
                                  channels_verify_token(cx, &channel),
                                  req_query(req, "hub.challenge"), &answer));
    return res_text(res, 200, "text/plain", answer);
}

static struct err
post_hook(struct cx *cx, struct req *req, struct res *res)
{
    struct channel channel;
    struct channel_config config;
    enum channel_verdict verdict;

    TRY(channels_enter_by_hook(cx, req_path(req, "token"), &channel));
    if (channel.driver->verify == NULL || channel.driver->signature_header == NULL)
        return FAIL(ERR_NOT_FOUND, "channel_unknown");
    TRY(channels_config(cx, &channel, &config));
    verdict = channel.driver->verify(&config, req->body,
                                     req->header(req, channel.driver->signature_header));
    TRY(channels_receive(cx, &channel, &config, req->body, verdict));
    if (verdict != CHANNEL_VALID) {
        /* The rejected body stays on record although the sender is refused. */
        TRY(db_commit(cx));
        db_begin(cx, TX_WRITE);
        return FAIL(ERR_UNAUTHENTICATED, "signature_invalid");
    }
    return res_empty(res, 200);
}

const struct route hooks_routes[] = {
    { GET, "/hooks/:token", NULL, TX_READ, get_hook, ACCESS_PUBLIC, BODY_NONE, NULL },
    { POST, "/hooks/:token", NULL, TX_WRITE, post_hook, ACCESS_PUBLIC, BODY_RAW, NULL },
    { 0 },
};
