#include "holidays.h"

#include "base/clock.h"

enum rule {
    FIXED,             /* month, day */
    EASTER,            /* day: after Easter Sunday */
    FIRST_SUNDAY,      /* of the month */
    MIDWEEK_TO_FRIDAY, /* month, day; what falls on Tuesday to Thursday is kept on the Friday after */
    WEEKDAY_TO_SUNDAY /* month, day; what falls on Monday to Saturday is kept on the Sunday after */
};

const struct holiday holidays[] = {
    /* Leis 662/1949, 6.802/1980, 9.093/1995, 10.607/2002, 14.759/2023 */
    { "new_year", "Confraternização Universal", NULL, false, FIXED, 1, 1 },
    { "carnival_monday", "Segunda-feira de Carnaval", NULL, true, EASTER, 0, -48 },
    { "carnival_tuesday", "Carnaval", NULL, true, EASTER, 0, -47 },
    { "ash_wednesday", "Quarta-feira de Cinzas", NULL, true, EASTER, 0, -46 },
    { "good_friday", "Sexta-feira Santa", NULL, false, EASTER, 0, -2 },
    { "tiradentes", "Tiradentes", NULL, false, FIXED, 4, 21 },
    { "labour_day", "Dia do Trabalho", NULL, false, FIXED, 5, 1 },
    { "corpus_christi", "Corpus Christi", NULL, true, EASTER, 0, 60 },
    { "independence", "Independência do Brasil", NULL, false, FIXED, 9, 7 },
    { "aparecida", "Nossa Senhora Aparecida", NULL, false, FIXED, 10, 12, 1980 },
    { "public_servant", "Dia do Servidor Público", NULL, true, FIXED, 10, 28 },
    { "all_souls", "Finados", NULL, false, FIXED, 11, 2 },
    { "republic", "Proclamação da República", NULL, false, FIXED, 11, 15 },
    { "black_awareness", "Zumbi e Consciência Negra", NULL, false, FIXED, 11, 20, 2024 },
    { "christmas_eve", "Véspera de Natal", NULL, true, FIXED, 12, 24 },
    { "christmas", "Natal", NULL, false, FIXED, 12, 25 },
    { "new_year_eve", "Véspera de Ano-Novo", NULL, true, FIXED, 12, 31 },

    /* Leis 1.538/2004, 1.411/2001, 14/1964, 1.526/2004, 57/1965; kept on Fridays: 2.126/2009 */
    { "ac_evangelical", "Dia do Evangélico", "AC", false, MIDWEEK_TO_FRIDAY, 1, 23, 2010 },
    { "ac_women", "Dia Internacional da Mulher", "AC", false, MIDWEEK_TO_FRIDAY, 3, 8, 2010 },
    { "ac_founding", "Aniversário do Acre", "AC", false, FIXED, 6, 15 },
    { "ac_amazon", "Dia da Amazônia", "AC", false, MIDWEEK_TO_FRIDAY, 9, 5, 2010 },
    { "ac_petropolis", "Tratado de Petrópolis", "AC", false, MIDWEEK_TO_FRIDAY, 11, 17, 2010 },
    /* Leis 5.508/1993, 5.509/1993, 5.724/1995 */
    { "al_saint_john", "São João", "AL", false, FIXED, 6, 24 },
    { "al_saint_peter", "São Pedro", "AL", false, FIXED, 6, 29 },
    { "al_emancipation", "Emancipação Política de Alagoas", "AL", false, FIXED, 9, 16 },
    { "al_zumbi", "Morte de Zumbi dos Palmares", "AL", false, FIXED, 11, 20, 1995, 2023 },
    /* Lei promulgada 25/1977, Lei 84/2010 */
    { "am_province", "Elevação do Amazonas a Província", "AM", false, FIXED, 9, 5 },
    { "am_black_awareness", "Dia da Consciência Negra", "AM", false, FIXED, 11, 20, 2010, 2023 },
    /* Leis 667/2002, 1.726/2012, 1.169/2007 */
    { "ap_saint_joseph", "São José", "AP", false, FIXED, 3, 19, 2002 },
    { "ap_saint_james", "São Tiago", "AP", false, FIXED, 7, 25, 2012 },
    { "ap_territory", "Criação do Território do Amapá", "AP", false, FIXED, 9, 13 },
    { "ap_black_awareness", "Dia da Consciência Negra", "AP", false, FIXED, 11, 20, 2008, 2023 },
    /* Constituição da Bahia, art. 6.º */
    { "ba_independence", "Independência da Bahia", "BA", false, FIXED, 7, 2 },
    /* Constituição do Ceará, art. 18 (EC 73/2011) */
    { "ce_saint_joseph", "São José", "CE", false, FIXED, 3, 19 },
    { "ce_founding", "Data Magna do Ceará", "CE", false, FIXED, 3, 25, 2012 },
    /* Lei 963/1995 */
    { "df_evangelical", "Dia do Evangélico", "DF", false, FIXED, 11, 30, 1995 },
    /* Lei 11.010/2019: the Monday eight days after Easter */
    { "es_penha", "Nossa Senhora da Penha", "ES", false, EASTER, 0, 8, 2020 },
    /* Lei 20.756/2020 */
    { "go_city", "Fundação da Cidade de Goiás", "GO", true, FIXED, 7, 26, 2020 },
    { "go_goiania", "Pedra Fundamental de Goiânia", "GO", true, FIXED, 10, 24, 2020 },
    /* Lei 2.457/1964 */
    { "ma_adhesion", "Adesão do Maranhão à Independência", "MA", false, FIXED, 7, 28 },
    /* Lei 10/1979 */
    { "ms_creation", "Criação do Estado", "MS", false, FIXED, 10, 11 },
    /* Lei 7.879/2002 */
    { "mt_black_awareness", "Dia da Consciência Negra", "MT", false, FIXED, 11, 20, 2003, 2023 },
    /* Lei 5.999/1996 */
    { "pa_adhesion", "Adesão do Grão-Pará à Independência", "PA", false, FIXED, 8, 15, 1996 },
    /* Lei 3.489/1967 */
    { "pb_founding", "Fundação da Paraíba", "PB", false, FIXED, 8, 5 },
    /* Leis 13.835/2009 and 16.059/2017: a Sunday first, its own day since */
    { "pe_revolution_sunday", "Data Magna de Pernambuco", "PE", false, FIRST_SUNDAY, 3, 0, 2010,
      2017 },
    { "pe_revolution", "Data Magna de Pernambuco", "PE", false, FIXED, 3, 6, 2018 },
    { "pe_saint_john", "São João", "PE", false, FIXED, 6, 24 },
    /* Lei 176/1937 */
    { "pi_day", "Dia do Piauí", "PI", false, FIXED, 10, 19 },
    /* Lei 4.658/1962; no holiday any more since Lei 18.384/2014 */
    { "pr_emancipation", "Emancipação do Paraná", "PR", true, FIXED, 12, 19 },
    /* Leis 5.243/2008, 5.198/2008, 4.007/2002 */
    { "rj_carnival", "Carnaval", "RJ", false, EASTER, 0, -47, 2009 },
    { "rj_saint_george", "São Jorge", "RJ", false, FIXED, 4, 23, 2008 },
    { "rj_zumbi", "Zumbi dos Palmares", "RJ", false, FIXED, 11, 20, 2003, 2023 },
    /* Lei 8.913/2006 */
    { "rn_martyrs", "Mártires de Cunhaú e Uruaçu", "RN", false, FIXED, 10, 3, 2007 },
    /* Leis 2.291/2010, 1.026/2001 */
    { "ro_creation", "Criação do Estado", "RO", false, FIXED, 1, 4, 2011 },
    { "ro_evangelical", "Dia do Evangélico", "RO", false, FIXED, 6, 18, 2002 },
    /* Constituição de Roraima, art. 9.º */
    { "rr_creation", "Criação de Roraima", "RR", false, FIXED, 10, 5 },
    /* Constituição do Rio Grande do Sul, art. 6.º */
    { "rs_farroupilha", "Revolução Farroupilha", "RS", false, FIXED, 9, 20 },
    /* Leis 10.306/1996 and 12.906/2004 */
    { "sc_captaincy", "Dia do Estado de Santa Catarina", "SC", false, WEEKDAY_TO_SUNDAY, 8, 11,
      2005 },
    { "sc_saint_catherine", "Santa Catarina de Alexandria", "SC", false, WEEKDAY_TO_SUNDAY, 11, 25,
      2005 },
    /* Constituição de Sergipe, art. 269 */
    { "se_autonomy", "Autonomia Política de Sergipe", "SE", false, FIXED, 7, 8 },
    /* Leis 9.497/1997, 17.746/2023 */
    { "sp_revolution", "Revolução Constitucionalista", "SP", false, FIXED, 7, 9, 1997 },
    { "sp_black_awareness", "Dia da Consciência Negra", "SP", false, FIXED, 11, 20, 2023, 2023 },
    /* Leis 960/1998, 627/1993, 98/1989 */
    { "to_autonomy", "Autonomia do Tocantins", "TO", false, FIXED, 3, 18, 1998 },
    { "to_nativity", "Nossa Senhora da Natividade", "TO", false, FIXED, 9, 8, 1994 },
    { "to_creation", "Criação do Tocantins", "TO", false, FIXED, 10, 5, 1990 },
    { 0 },
};

_Static_assert(sizeof holidays / sizeof holidays[0] <= HOLIDAYS_MAX, "a calendar holds them all");

const struct holiday *
holidays_find(struct str code)
{
    for (const struct holiday *h = holidays; h->code != NULL; h++)
        if (str_eq(code, str_of(h->code)))
            return h;
    return NULL;
}

bool
holidays_is_uf(struct str uf)
{
    static const char all[] = "ACALAMAPBACEDFESGOMAMGMSMTPAPBPEPIPRRJRNRORRRSSCSESPTO";

    if (uf.len != 2)
        return false;
    for (const char *p = all; *p != '\0'; p += 2)
        if (memcmp(p, uf.p, 2) == 0)
            return true;
    return false;
}

/* Meeus, Jones and Butcher: the full moon of the church, then the Sunday after it. */
int64_t
holidays_easter(int year)
{
    int a = year % 19, b = year / 100, c = year % 100;
    int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int h = (19 * a + b - d - g + 15) % 30;
    int i = c / 4, k = c % 4;
    int l = (32 + 2 * e + 2 * i - h - k) % 7;
    int m = (a + 11 * h + 22 * l) / 451;
    int month = (h + l - 7 * m + 114) / 31, day = (h + l - 7 * m + 114) % 31 + 1;

    return clock_days(year, month, day);
}

/* 0 is Sunday. */
static int
weekday_of(int64_t day)
{
    return (int)(((day + 4) % 7 + 7) % 7);
}

bool
holiday_day(const struct holiday *h, int year, int64_t *day)
{
    int weekday;

    if ((h->first_year != 0 && year < h->first_year) || (h->last_year != 0 && year > h->last_year))
        return false;
    if (h->rule == EASTER) {
        *day = holidays_easter(year) + h->day;
        return true;
    }
    *day = clock_days(year, h->month, h->rule == FIRST_SUNDAY ? 1 : h->day);
    weekday = weekday_of(*day);
    if (h->rule == MIDWEEK_TO_FRIDAY && weekday >= 2 && weekday <= 4)
        *day += 5 - weekday;
    if ((h->rule == WEEKDAY_TO_SUNDAY || h->rule == FIRST_SUNDAY) && weekday != 0)
        *day += 7 - weekday;
    return true;
}

static bool
is_kept(const struct holiday *h, const struct holiday_switch *switched, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(switched[i].code, str_of(h->code)))
            return switched[i].is_kept;
    return !h->is_optional;
}

void
holidays_calendar(struct str uf, const struct holiday_switch *switched, size_t n,
                  struct holiday_calendar *out)
{
    out->kept_count = 0;
    for (const struct holiday *h = holidays; h->code != NULL; h++)
        if ((h->uf == NULL || str_eq(uf, str_of(h->uf))) && is_kept(h, switched, n))
            out->kept[out->kept_count++] = h;
}

struct str
holidays_on(const struct holiday_calendar *calendar, int64_t day)
{
    int year, month, month_day;
    int64_t kept;

    clock_date(day, &year, &month, &month_day);
    for (size_t i = 0; i < calendar->kept_count; i++)
        if (holiday_day(calendar->kept[i], year, &kept) && kept == day)
            return str_of(calendar->kept[i]->name);
    for (size_t i = 0; i < calendar->city_count; i++) {
        const struct city_holiday *c = &calendar->city[i];

        if (c->month == month && c->day == month_day && (c->year == 0 || c->year == year))
            return c->name;
    }
    return (struct str){ 0 };
}
