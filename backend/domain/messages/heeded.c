/*
 * What a customer is told of what they wish of us: that they get no messages any more, or again. It is the one message
 * that leaves whatever was agreed, for it confirms just that change.
 */
#include "messages_private.h"

#include "domain/variables/variables.h"

static const struct str words[] = {
    [HEEDED_BLOCK] =
        STR_INIT("Tudo certo: você não receberá mais mensagens da {{company.name}} por este canal. "
                 "Para voltar atrás, envie /desbloquear."),
    [HEEDED_UNBLOCK] = STR_INIT("Pronto, você voltou a receber nossas mensagens."),
};

struct err
heeded_say(struct cx *cx, struct ticket *ticket, enum heeded heeded, int64_t seq)
{
    struct bot_words said = { .client_key =
                                  str_fmt(cx->arena, SAID_RECEIPT "%lld", (long long)seq) };

    if (heeded == HEEDED_NOTHING)
        return OK;
    TRY(variables_fill(cx, ticket->id, words[heeded], &said.text));
    tickets_say_keyed(cx, ticket, &said);
    tickets_save(cx, ticket, NULL);
    return OK;
}
