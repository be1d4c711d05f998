/*
 * The demo's bot: the flow that lies beside the seed, published, and begun by both of the demo's channels.
 */
#ifndef MAIN_DEMO_FLOW_H
#define MAIN_DEMO_FLOW_H

#include "base/cx.h"

/*
 * Plants it in an account that has never had a flow: one that was changed or removed since stays so. Needs a write
 * transaction, whose last part it is: it goes on with the rights of the API. ERR_INVALID "demo_flow_unfit": it names
 * what the seed lacks.
 */
MUST_CHECK struct err demo_flow_plant(struct cx *cx, const char *flow_file);

#endif
