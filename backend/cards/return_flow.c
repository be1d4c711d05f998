/* “Voltar ao fluxo anterior”: ends a flow that was called; in one that was not, the conversation falls back. */
#include "cards.h"

static const struct card_field fields[] = { { 0 } };

const struct card return_flow_card = {
    .type = "return_flow",
    .v = 1,
    .kind = CARD_TOOL,
    .label = "Voltar ao fluxo anterior",
    .help = "Volta ao fluxo que chamou este.",
    .icon = "corner-up-left",
    .ends = true,
    .fields = fields,
    .enter = step_return,
};
