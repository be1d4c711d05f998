/* The kinds of answers, one function each; texts, figures and dates lie apart. */
#ifndef DOMAIN_FLOWS_VALIDATORS_PRIVATE_H
#define DOMAIN_FLOWS_VALIDATORS_PRIVATE_H

#include "validators.h"

typedef enum verdict judge(const struct validator_call *call, struct str *value);

judge judge_text, judge_any, judge_name, judge_email, judge_location;
judge judge_number, judge_digits, judge_cpf, judge_cnpj, judge_cpf_cnpj, judge_phone, judge_cep;
judge judge_date, judge_time;
judge judge_file, judge_document, judge_audio;

/* The one value that a sentence holds. Starts as zeros. */
struct found {
    struct str value;
    bool several;
};
void found_add(struct found *found, struct str value);
enum verdict found_verdict(const struct found *found, struct str *value);

static inline bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

#endif
