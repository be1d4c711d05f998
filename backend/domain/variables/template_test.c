#include "base/testing/testing.h"
#include "domain/variables/variables.h"

/* Names and values, as "name=value" lines; the type is text. */
static void
value_in(void *arg, struct str name, struct variable_value *out)
{
    struct str lines = str_of(arg), line, head;

    while (str_cut(&lines, ';', &line))
        if (str_cut(&line, '=', &head) && str_eq(head, name))
            out->text = line;
}

static struct variables_filled
rendered(const char *text, const char *values)
{
    char *copy = (char *)str_cstr(test_arena(), str_of(values));

    return variables_render(
        test_arena(), str_of(text),
        &(struct variables_source){ value_in, copy, STR("2026-03-04T12:00:00") });
}

static void
check_said(const char *text, const char *expected)
{
    CHECK_STR(rendered(text, "contact.name=Ana Souza;contact.email=;a.b={{contact.name}}").text,
              expected);
}

static void
check_wrong(const char *text, const char *slug, int64_t position, const char *words)
{
    struct variables_problems problems =
        variables_check(test_arena(), str_of(text), variables_is_known);

    CHECK_I64((int64_t)problems.n, 1);
    CHECK_STR(str_of(problems.v[0].slug), slug);
    CHECK_I64(problems.v[0].position, position);
    CHECK_STR(problems.v[0].words, words);
    CHECK_I64(problems.v[0].length, (int64_t)str_code_points(str_of(words)));
    /* and it is said as it was written */
    CHECK_STR(rendered(text, "").text, text);
}

TEST(a_name_in_braces_is_said_by_its_value)
{
    check_said("Oi, {{contact.name}}.", "Oi, Ana Souza.");
    check_said("{{ contact.name }}{{contact.name}}", "Ana SouzaAna Souza");
    check_said("{{contact.name|first_name|upper}}", "ANA");
    check_said("{{ contact.name | first_name }}", "Ana");
}

TEST(a_text_without_variables_is_said_as_it_is)
{
    static const char *const plain[] = { "", "Oi.", "{ um }", "}} {", "\\ \\n {x}", "2 { 3 } 4" };

    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
        check_said(plain[i], plain[i]);
}

TEST(a_backslash_makes_braces_of_braces)
{
    check_said("\\{{contact.name}}", "{{contact.name}}");
    check_said("\\\\{{contact.name}}", "\\{{contact.name}}");
    check_said("\\{{ {{contact.name}}", "{{ Ana Souza");
}

TEST(of_many_braces_the_last_two_open)
{
    check_said("{{{contact.name}}}", "{Ana Souza}");
    check_said("{{{{contact.name}}}}", "{{Ana Souza}}");
}

TEST(a_value_is_said_as_it_is_and_never_read_again)
{
    check_said("{{a.b}}", "{{contact.name}}");
    CHECK_STR(rendered("{{x.y}}", "x.y=a\xE2\x80\xAE"
                                  "b\x07\xD8\x9C"
                                  "c\xFF\n")
                  .text,
              "abc\n");
}

TEST(a_missing_value_is_said_by_its_default_else_by_the_fallback_of_the_variable)
{
    check_said("{{contact.email|default:\"sem e-mail\"}}", "sem e-mail");
    check_said("{{contact.email|upper|default:\"x\"|upper}}", "X");
    check_said("{{contact.name|default:\"x\"}}", "Ana Souza");
    check_said("{{customer.name}}", "Cliente");
    check_said("{{customer.first_name|upper}}", "CLIENTE");
    check_said("{{customer.name|default:\"você\"}}", "você");
    check_said("{{contact.email|default:\"diz \\\"oi\\\" \\\\ \"}}", "diz \"oi\" \\ ");
}

TEST(a_gap_is_tidied_away)
{
    check_said("Olá, {{contact.email}}!", "Olá!");
    check_said("Olá {{contact.email}}, tudo bem?", "Olá, tudo bem?");
    check_said("{{contact.email}} bom dia", "bom dia");
    check_said("Olá, {{contact.email}}", "Olá");
    check_said("Olá, {{contact.email}}\nSegue", "Olá\nSegue");
    check_said("Um {{contact.email}} dois", "Um dois");
    check_said("({{contact.email}})", "()");
    check_said("{{contact.email}}", "");
    check_said("a,, {{contact.email}}.", "a,.");
    check_said("linha\n{{contact.email}}.", "linha\n.");
    CHECK(rendered("{{contact.email}}", "").text.p != NULL);
}

TEST(what_stayed_empty_is_told_with_its_place)
{
    struct variables_filled filled =
        rendered("Olá, {{a.b}}! É {{contact.name}}, {{c.d|upper}} ok", "contact.name=Zé");

    CHECK_STR(filled.text, "Olá! É Zé, ok");
    CHECK_I64((int64_t)filled.blank_count, 2);
    CHECK_STR(filled.blanks[0].name, "a.b");
    CHECK_I64(filled.blanks[0].position, 3);
    CHECK_STR(filled.blanks[1].name, "c.d");
    CHECK_I64(filled.blanks[1].position, 11);
}

TEST(a_gap_beside_a_gap_moves_with_it)
{
    struct variables_filled filled = rendered("Oi {{a.b}} {{c.d}}!", "");

    CHECK_STR(filled.text, "Oi!");
    CHECK_I64(filled.blanks[0].position, 2);
    CHECK_I64(filled.blanks[1].position, 2);
}

static void
check_literals(const char *text, const char *values, const char *expected)
{
    struct variables_filled filled = rendered(text, values);
    struct buf b = { .arena = test_arena() };

    for (size_t i = 0; i < filled.literal_count; i++)
        buf_fmt(&b, "[%.*s]", (int)filled.literals[i].len,
                filled.text.p + filled.literals[i].start);
    CHECK_STR(buf_str(&b), expected);
}

TEST(where_values_stand_is_told)
{
    check_literals("Oi, *{{a.b}}*, {{c.d|upper}}{{a.b}}", "a.b=*Zé*;c.d=x", "[*Zé*][X][*Zé*]");
    check_literals("{{a.b|default:\"um\"}} {{x}} \\{{", "", "[um]");
    check_literals("Oi!", "", "");
    /* what tidying takes away is no value's any more */
    check_literals("{{a.b}}{{c.d}}!", "a.b=Zé ,", "[Zé ]");
    check_literals("Oi{{a.b}}{{c.d}}!", "a.b= ", "");
    check_literals("{{customer.name}}", "", "[Cliente]");
}

TEST(what_cannot_be_read_stays_and_its_place_is_told)
{
    check_wrong("Olá, {{contact.name", "variable_unclosed", 5, "{{");
    check_wrong("Olá, {{contact.name\n}}", "variable_unclosed", 5, "{{");
    check_wrong("é {{nome}}", "variable_malformed", 2, "{{nome}}");
    check_wrong("{{}}", "variable_malformed", 0, "{{}}");
    check_wrong("{{Contact.name}}", "variable_malformed", 0, "{{Contact.name}}");
    check_wrong("{{a.b.c.d}}", "variable_malformed", 0, "{{a.b.c.d}}");
    check_wrong("{{contact.name|default:x}}", "variable_malformed", 0,
                "{{contact.name|default:x}}");
    check_wrong("{{contact.name|}}", "variable_malformed", 0, "{{contact.name|}}");
    check_wrong("{{contact.name|shout}}", "filter_unknown", 15, "shout");
    check_wrong("{{contact.name|default}}", "filter_argument", 15, "default");
    check_wrong("{{contact.name|upper:\"x\"}}", "filter_argument", 15, "upper:\"x\"");
    check_wrong("{{contact.name|plural:\"a\",\"b\",\"c\"}}", "filter_argument", 15,
                "plural:\"a\",\"b\",\"c\"");
    check_wrong("{{contact.name|truncate:\"muito\"}}", "filter_argument", 15, "truncate:\"muito\"");
    check_wrong("{{contact.name|trim|trim|trim|trim|trim|trim|trim|trim|trim}}",
                "variable_malformed", 55, "trim");
}

TEST(an_unknown_name_is_told_and_said_by_nothing)
{
    struct variables_problems problems =
        variables_check(test_arena(), STR("Oi {{contact.nome|upper}}"), variables_is_known);

    CHECK_I64((int64_t)problems.n, 1);
    CHECK_STR(str_of(problems.v[0].slug), "variable_unknown");
    CHECK_STR(problems.v[0].words, "contact.nome");
    CHECK_I64(problems.v[0].position, 5);
    CHECK_I64((int64_t)variables_check(test_arena(), STR("Oi {{contact.nome|upper}}"), NULL).n, 0);
    CHECK_STR(rendered("Oi {{contact.nome}}!", "").text, "Oi!");
}

TEST(a_better_mark_may_follow_a_broken_one)
{
    check_said("{{ {{contact.name}}", "{{ Ana Souza");
    check_said("{{x}} {{contact.name}}", "{{x}} Ana Souza");
}

TEST(only_so_many_mistakes_are_told)
{
    struct buf b = { .arena = test_arena() };

    for (int i = 0; i < 100; i++)
        buf_add(&b, STR("{{x}} "));
    CHECK_I64((int64_t)variables_check(test_arena(), buf_str(&b), NULL).n, VARIABLES_PROBLEMS_MAX);
}

TEST(what_is_escaped_comes_back_as_it_was)
{
    static const char *const texts[] = {
        "{{contact.name}}", "\\{{a}}", "{{{a.b}}}", "{{{{", "\\\\{{", "{", "}}", "", "{{{", "a{{b"
    };

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        check_said(str_cstr(test_arena(), variables_escape(test_arena(), str_of(texts[i]))),
                   texts[i]);
}

static void
an_amount(void *arg, struct str name, struct variable_value *out)
{
    (void)arg;
    if (str_eq(name, STR("flow.n")))
        *out = (struct variable_value){ VARIABLE_NUMBER, STR("1234.5") };
}

TEST(a_machine_reads_values_as_they_are_kept)
{
    static const struct {
        const char *text, *people, *machine;
    } table[] = {
        { "{{flow.n}}", "1.234,5", "1234.5" },
        { "{{flow.n|default:\"0\"}}", "1.234,5", "1234.5" },
        { "{{flow.n|number:\"2\"}}", "1.234,50", "1.234,50" },
        { "Oi, {{customer.name}}!", "Oi, Cliente!", "Oi, !" },
        { "[1, {{flow.x}}, 2]", "[1, 2]", "[1, , 2]" },
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct variables_source source = { .value = an_amount };

        CHECK_STR(variables_render(test_arena(), str_of(table[i].text), &source).text,
                  table[i].people);
        source.is_plain = true;
        CHECK_STR(variables_render(test_arena(), str_of(table[i].text), &source).text,
                  table[i].machine);
    }
}
