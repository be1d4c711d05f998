/*
 * The card types by name, for the table and for tests. Everybody else walks cards[] of domain/flows/card.h.
 *
 * A card is one file: its form, its ways out, and what it does. It is pure: it sees the world through step.h.
 */
#ifndef CARDS_CARDS_H
#define CARDS_CARDS_H

#include "domain/flows/card.h"
#include "domain/flows/step.h"

extern const struct card add_tag_card, identify_customer_card, auto_link_card, account_card,
    wait_card, notify_team_card, run_flow_card, return_flow_card, set_variable_card,
    classify_ticket_card, http_request_card, interactive_template_card, transfer_card, finish_card;
extern const struct card condition_channel_card, condition_branch_card, condition_period_card,
    condition_shift_card, condition_tag_card, condition_variable_card, condition_registration_card,
    condition_answer_card, condition_origin_card;
extern const struct card send_message_card, send_file_card, consent_card, question_card,
    description_card, survey_card;

#endif
