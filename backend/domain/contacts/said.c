/* What contacts say of themselves when they are asked. */
#include "contacts_private.h"

#include "contacts_said.sql.h"

void
contacts_say_birth(struct cx *cx, struct contact_id id, struct str birth_on)
{
    db_queue(cx, &SQL_contact_say_birth, P_ID(cx->account), P_ID(id), P_STR(birth_on));
}

void
contacts_say_document(struct cx *cx, struct contact_id id, struct str document)
{
    db_queue(cx, &SQL_contact_say_document, P_ID(cx->account), P_ID(id), P_STR(document),
             P_TIME(cx->now_us));
}

void
contacts_let_through(struct cx *cx, struct contact_id id, bool is_kept)
{
    db_queue(cx, &SQL_contact_let_through, P_ID(cx->account), P_ID(id), P_BOOL(is_kept),
             P_TIME(cx->now_us));
    contact_tell(cx, id);
}
