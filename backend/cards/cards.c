/* The table of all cards, in the order of the palette. A new card is a file beside this one, and a row. */
#include "cards.h"

const struct card *const cards[] = {
    /* Ferramenta do sistema */
    &add_tag_card,
    &identify_customer_card,
    &auto_link_card,
    &account_card,
    &wait_card,
    &notify_team_card,
    &run_flow_card,
    &return_flow_card,
    &set_variable_card,
    &classify_ticket_card,
    &http_request_card,
    &interactive_template_card,
    &transfer_card,
    &finish_card,
    /* Condições */
    &condition_channel_card,
    &condition_branch_card,
    &condition_period_card,
    &condition_shift_card,
    &condition_tag_card,
    &condition_variable_card,
    &condition_registration_card,
    &condition_answer_card,
    &condition_origin_card,
    /* Interação */
    &send_message_card,
    &send_file_card,
    &consent_card,
    &question_card,
    &description_card,
    &survey_card,
    NULL,
};
