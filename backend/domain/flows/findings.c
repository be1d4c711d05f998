#include "findings.h"

#include <stdlib.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

const char *const finding_severity_names[] = {
    [FINDING_ERROR] = "error",
    [FINDING_WARNING] = "warning",
    [FINDING_ADVICE] = "advice",
};

#define E FINDING_ERROR
#define W FINDING_WARNING
#define I FINDING_ADVICE

/* {} stands for the next of the finding's args. */
static const struct rule {
    const char *code;
    enum finding_severity severity;
    const char *message, *fix;
} rules[] = {
    { "L101", E, "O fluxo não tem início.", "Marque um card como início." },
    { "L102", E, "Este card não existe nesta versão.", "Atualize o Balcão ou remova o card." },
    { "L103", E, "Preencha “{}” em “{}”.", "Abra o campo e corrija o valor." },
    { "L104", E, "Há dois itens com o mesmo identificador.", "Renomeie a cópia." },
    { "L105", E, "Uma ligação está quebrada.", "Remova a ligação ou ligue de novo." },
    { "L106", E, "Nenhum caminho chega a “{}”.", "Ligue o card ou estacione." },
    { "L107", E, "A saída “{}” de “{}” não leva a lugar nenhum.", "Ligue a saída a um card." },
    { "L108", E, "Este caminho dá voltas sem esperar o cliente.",
      "Coloque uma pergunta ou um fim no caminho." },
    { "L109", E, "O fluxo “{}” chama a si mesmo.", "Troque a chamada por um salto." },
    { "L110", E, "Há sub-fluxos demais, um dentro do outro.", "Junte alguns." },
    { "L111", E, "O fluxo “{}” não está publicado.", "Publique o outro fluxo antes." },
    { "L112", E, "O fluxo “{}” nunca volta.",
      "Ponha nele o card de retorno ou troque a chamada por um salto." },
    { "L113", W, "Aqui não há para onde voltar.", "Encerre ou transfira." },
    { "L114", E, "O fluxo está grande demais.", "Divida em sub-fluxos." },
    { "L117", W, "Há dois destinos após as tentativas; vale a ligação.", "Limpe um dos dois." },
    { "L201", E, "Texto longo demais para {} ({} de {}).", "Encurte o texto." },
    { "L202", E, "“{}” tem {} caracteres; o máximo é {}, contando espaços.", "Encurte o texto." },
    { "L203", W, "{} mostra até {} opções; as demais vão como texto.", "Agrupe em submenus." },
    { "L204", E, "“{}” e “{}” se confundem: ambas aceitam “{}”.", "Mude uma das duas." },
    { "L205", W, "“{}” e “{}” são parecidas.", "Use outras palavras." },
    { "L206", W, "“{}” é a opção {}; quem digitar {} escolhe outra.",
      "Escreva o número por extenso." },
    { "L207", E, "{} não aceita este arquivo.", "Converta ou troque o arquivo." },
    { "L208", E, "O modelo “{}” não pode ser enviado: {}.",
      "Escolha um modelo aprovado e preencha as variáveis." },
    { "L210", E, "No telefone este texto fica mudo.", "Acrescente palavras." },
    { "L211", E, "No telefone não dá para responder isto.", "Separe antes pelo canal." },
    { "L212", W, "O botão será enviado sem emoji.", "Tire o emoji do rótulo." },
    { "L213", W, "São {} mensagens seguidas.", "Junte algumas ou pergunte algo." },
    { "L214", W, "A janela de 24 horas pode fechar antes.",
      "Encurte a espera ou use um template interativo." },
    { "L215", I, "Em comentários só uma mensagem sai antes de a pessoa responder.",
      "Diga o essencial na primeira mensagem." },
    { "L216", W, "A fala passa de um minuto.", "Encurte o texto." },
    { "L217", W, "Fora do telefone este card é pulado.", "Separe antes pelo canal." },
    { "L218", E, "Este fluxo não recebe ligações.", "Inclua telefonia nos canais ou tire o card." },
    { "L301", E, "“{}” não existe.", "Escolha da lista." },
    { "L302", W, "“{}” pode estar vazia aqui.", "Acrescente um valor padrão." },
    { "L303", E, "“{}” não pode ser alterada.", "Escolha outra variável." },
    { "L304", E, "“{}” é {} e aqui se espera {}.", "Escolha uma variável do tipo certo." },
    { "L305", E, "Há uma chave aberta sem fechar.", "Corrija o texto na posição indicada." },
    { "L306", E, "Segredo não pode ir para mensagem nem endereço.", "Use um cabeçalho." },
    { "L307", W, "“{}” não é usada.", "Remova a variável ou use o valor." },
    { "L308", W, "Dado pessoal sai do sistema aqui.", "Mascare o valor ou confirme o envio." },
    { "L401", E, "{} “{}” não existe mais.", "Escolha outro." },
    { "L402", E, "O departamento “{}” não realiza atendimentos.", "Escolha outro departamento." },
    { "L403", E, "O departamento “{}” não tem ninguém.", "Acrescente membros." },
    { "L404", W, "“{}” não tem horário: será tratado como sempre aberto.",
      "Dê um horário ao departamento." },
    { "L405", E, "“{}” não atende mais.", "Escolha outra pessoa." },
    { "L406", W, "Ninguém receberá este aviso.", "Escolha quem esteja ativo." },
    { "L407", E, "O sistema “{}” não oferece “{}”.", "Escolha outro conector." },
    { "L408", E, "O módulo “{}” não está ativo.", "Ative o módulo ou tire o card." },
    { "L409", W, "“{}” está desconectado.", "Conecte de novo." },
    { "L501", E, "O card de consentimento precisa vir antes de qualquer mensagem.",
      "Leve o consentimento para o início." },
    { "L502", W, "Sem opt-in o número corre risco.", "Insira o card de consentimento." },
    { "L503", E, "Depois do diagnóstico falta a condicional.", "Insira a condicional." },
    { "L504", E, "O aceite exige o vínculo automático antes.", "Insira o vínculo automático." },
    { "L505", W, "Este texto foi alterado; confirme com um advogado.", "Restaure o texto." },
    { "L506", E, "“{}” ainda não foi perguntado aqui.", "Pergunte antes." },
    { "L507", W, "Quem já usou o desbloqueio fica sem saída.", "Leve a saída a uma pessoa." },
    { "L508", E, "Falta autenticar o cliente antes.", "Ponha a autenticação antes deste card." },
    { "L509", W, "Ainda não houve atendente para avaliar.",
      "Avalie só a empresa ou pergunte depois do atendimento." },
    { "L511", W, "Use uma etiqueta para acompanhar o custo.", "Escolha uma etiqueta." },
    { "L515", E, "O cliente fica preso no robô.",
      "Ligue o atalho para uma pessoa ou leve a uma transferência." },
    { "L516", E, "Defina para onde vai quem não consegue responder.",
      "Escolha um departamento ou fluxo de apoio." },
    { "L517", W, "Depois das tentativas a pergunta se repete.", "Leve a saída a uma pessoa." },
    { "L601", E, "Endereço não permitido.", "Use https e um endereço público e fixo." },
    { "L602", E, "Há uma senha escrita no card.", "Guarde o valor nos segredos." },
    { "L603", W, "A chamada pode se repetir.", "Marque como repetível ou não tente de novo." },
    { "L604", W, "Um único erro encerra a pergunta.", "Permita mais tentativas." },
    { "L605", W, "O lembrete não poderá ser enviado.", "Use menos de 23 horas." },
    { "L606", W, "Esta regra nunca acontece.", "Remova a regra ou suba de lugar." },
    { "L608", W, "Encerramento sem motivo.", "Escolha um motivo." },
    { "L609", I, "Há uma saudação fixa no texto.", "Use {{now.greeting}}." },
    { "L610", W, "A pergunta parece pedir um dado sigiloso.", "Marque a resposta como sigilosa." },
    { "L611", W, "A pessoa ficará em silêncio por muito tempo.", "Encurte a espera." },
    { "L701", E, "O teste “{}” muda no passo {}.", "Aceite o novo comportamento ou corrija." },
    { "L702", I, "Grave uma conversa como teste.", "Salve uma simulação como teste." },
};

static const struct rule *
rule_of(const char *code)
{
    for (size_t i = 0; i < COUNT(rules); i++)
        if (strcmp(rules[i].code, code) == 0)
            return &rules[i];
    BUG("code=%s what=no_such_finding", code);
}

struct finding *
findings_add(struct findings *f, const char *code, struct str card)
{
    const struct rule *rule = rule_of(code);
    size_t size = sizeof(*f->v);

    if (f->n == f->room) {
        f->v = arena_grow(f->arena, f->v, f->room * size, (f->room * 2 + 16) * size);
        f->room = f->room * 2 + 16;
    }
    f->v[f->n] = (struct finding){
        .code = rule->code, .severity = rule->severity, .flow = f->flow, .card = card
    };
    return &f->v[f->n++];
}

static int
by_place(const void *a, const void *b)
{
    const struct finding *x = a, *y = b;
    const struct str pairs[][2] = {
        { x->flow, y->flow },
        { x->card, y->card },
        { str_of(x->code), str_of(y->code) },
        { x->outlet, y->outlet },
        { x->setting, y->setting },
        { x->option, y->option },
        { x->channel, y->channel },
        { x->args[0], y->args[0] },
        { x->args[1], y->args[1] },
        { x->args[2], y->args[2] },
    };
    int order = 0;

    for (size_t i = 0; order == 0 && i < COUNT(pairs); i++)
        order = str_compare(pairs[i][0], pairs[i][1]);
    return order != 0 ? order : (x->severity > y->severity) - (x->severity < y->severity);
}

void
findings_sort(struct findings *f)
{
    if (f->n > 1)
        qsort(f->v, f->n, sizeof(*f->v), by_place);
}

size_t
findings_count(const struct findings *f, enum finding_severity severity)
{
    size_t n = 0;

    for (size_t i = 0; i < f->n; i++)
        n += f->v[i].severity == severity;
    return n;
}

struct str
finding_message(struct arena *a, const struct finding *finding)
{
    struct str rest = str_of(rule_of(finding->code)->message);
    struct buf out = { .arena = a };
    ptrdiff_t brace;
    int n = 0;

    while ((brace = str_find(rest, '{')) >= 0) {
        buf_add(&out, (struct str){ rest.p, (size_t)brace });
        if (n < FINDING_ARGS_MAX)
            buf_add(&out, finding->args[n++]);
        rest.p += brace + 2;
        rest.len -= (size_t)brace + 2;
    }
    buf_add(&out, rest);
    return buf_str(&out);
}

const char *
finding_fix(const struct finding *finding)
{
    return rule_of(finding->code)->fix;
}

static void
write_args(struct json_out *o, const struct finding *finding)
{
    int n = FINDING_ARGS_MAX;

    while (n > 0 && finding->args[n - 1].len == 0)
        n--;
    if (n == 0)
        return;
    json_key(o, "args");
    json_open(o, '[');
    for (int i = 0; i < n; i++)
        json_put_str(o, finding->args[i].len > 0 ? finding->args[i] : STR(""));
    json_close(o, ']');
}

static void
write_finding(struct json_out *o, struct arena *a, const struct finding *finding)
{
    const struct {
        const char *name;
        struct str value;
    } places[] = {
        { "flow", finding->flow },     { "card", finding->card },
        { "outlet", finding->outlet }, { "setting", finding->setting },
        { "option", finding->option }, { "channel", finding->channel },
    };

    json_open(o, '{');
    json_kv_str(o, "code", str_of(finding->code));
    json_kv_str(o, "severity", str_of(finding_severity_names[finding->severity]));
    for (size_t i = 0; i < COUNT(places); i++)
        if (places[i].value.len > 0)
            json_kv_str(o, places[i].name, places[i].value);
    write_args(o, finding);
    json_kv_str(o, "message", finding_message(a, finding));
    json_kv_str(o, "fix", str_of(finding_fix(finding)));
    json_close(o, '}');
}

void
findings_write(struct json_out *o, struct arena *a, const struct findings *f)
{
    json_open(o, '[');
    for (size_t i = 0; i < f->n; i++)
        write_finding(o, a, &f->v[i]);
    json_close(o, ']');
}
