/*
 * What our letters say. A {name} is a param of the letter; "{link}" as a paragraph
 * of its own is the address, and in HTML a button above it. Sorted by name.
 */
#include "mail_private.h"

const char *const mail_locales[MAIL_LOCALES + 1] = { "pt-BR", "en", NULL };

const struct mail_words mail_words[] = {
    { "email_change_asked",
      { { "Pediram para trocar seu e-mail de acesso",
          "Olá, {name}.\n\nFoi pedido que você passe a entrar com {email}. Nada muda até que esse "
          "endereço seja confirmado.\n\nSe não foi você, alguém está na sua conta: troque a senha "
          "agora.",
          NULL },
        { "Somebody asked to change your sign-in e-mail",
          "Hello {name},\n\nA request was made that you sign in with {email} from now on. Nothing "
          "changes before that address is confirmed.\n\nIf this was not you, somebody is in your "
          "account: change your password now.",
          NULL } } },
    { "email_changed",
      { { "Seu e-mail de acesso mudou",
          "Olá, {name}.\n\nO e-mail com que você entra passou a ser {email}.\n\n"
          "Se não foi você, desfaça a mudança em até três dias:\n\n{link}\n\n"
          "Desfazer encerra todas as sessões e pede uma senha nova.",
          "Desfazer a mudança" },
        { "Your sign-in e-mail changed",
          "Hello {name},\n\nThe e-mail you sign in with is now {email}.\n\n"
          "If this was not you, undo the change within three days:\n\n{link}\n\n"
          "Undoing it ends all sessions and asks for a new password.",
          "Undo the change" } } },
    { "email_confirm",
      { { "Confirme seu novo e-mail",
          "Olá, {name}.\n\nPara passar a entrar com este endereço, confirme que ele é seu em até "
          "24 horas:\n\n{link}\n\nSe você não pediu isso, ignore esta mensagem.",
          "Confirmar e-mail" },
        { "Confirm your new e-mail",
          "Hello {name},\n\nTo sign in with this address from now on, confirm within 24 hours that "
          "it is yours:\n\n{link}\n\nIf you did not ask for this, ignore this message.",
          "Confirm e-mail" } } },
    { "factor_changed",
      { { "Sua verificação em duas etapas mudou",
          "Olá, {name}.\n\nA verificação em duas etapas da sua conta foi alterada em {time}.\n\n"
          "Se não foi você, troque a senha e avise quem administra o sistema.",
          NULL },
        { "Your two-step verification changed",
          "Hello {name},\n\nThe two-step verification of your account was changed at {time}.\n\n"
          "If this was not you, change your password and tell your administrator.",
          NULL } } },
    { "factor_closed",
      { { "Alguém sabe sua senha",
          "Olá, {name}.\n\nAlguém acertou sua senha e errou várias vezes o código da verificação "
          "em "
          "duas etapas. O código fica fechado por uma hora.\n\nSe não foi você, troque a senha "
          "agora.",
          NULL },
        { "Your password is known to someone",
          "Hello {name},\n\nSomeone entered your password correctly and then several wrong "
          "verification codes. Codes are closed for one hour.\n\nIf this was not you, change your "
          "password now.",
          NULL } } },
    { "factor_code",
      { { "Seu código: {code}",
          "Olá, {name}.\n\nPara configurar a verificação em duas etapas, digite este código:\n\n"
          "{code}\n\nEle vale por {minutes} minutos. Se não foi você quem pediu, alguém sabe sua "
          "senha: troque-a.",
          NULL },
        { "Your code: {code}",
          "Hello {name},\n\nTo set up two-step verification, enter this code:\n\n{code}\n\nIt is "
          "good "
          "for {minutes} minutes. If it was not you who asked, somebody knows your password: "
          "change it.",
          NULL } } },
    { "factor_recovery_used",
      { { "Um código de recuperação foi usado",
          "Olá, {name}.\n\nUm dos seus códigos de recuperação foi usado para entrar em {time}. "
          "Restam {left}.\n\nSe não foi você, troque a senha agora.",
          NULL },
        { "A recovery code was used",
          "Hello {name},\n\nOne of your recovery codes was used to sign in at {time}. {left} are "
          "left.\n\nIf this was not you, change your password now.",
          NULL } } },
    { "factor_reset",
      { { "Sua verificação em duas etapas foi removida",
          "Olá, {name}.\n\n{account} removeu a verificação em duas etapas da sua conta. Ao entrar, "
          "você vai configurá-la de novo.\n\nSe você não pediu isso, avise quem administra o "
          "sistema.",
          NULL },
        { "Your two-step verification was removed",
          "Hello {name},\n\n{account} removed the two-step verification of your account. You will "
          "set "
          "it up anew when you sign in.\n\nIf you did not ask for this, tell your administrator.",
          NULL } } },
    { "invite",
      { { "{inviter} convidou você para {account}",
          "Olá.\n\n{inviter} convidou você para atender em {account} no Balcão.\n\n"
          "Aceite o convite em até sete dias:\n\n{link}\n\n"
          "Se você não esperava este convite, ignore esta mensagem.",
          "Aceitar o convite" },
        { "{inviter} invited you to {account}",
          "Hello.\n\n{inviter} invited you to work in {account} on Balcão.\n\n"
          "Accept the invitation within seven days:\n\n{link}\n\n"
          "If you did not expect this invitation, ignore this message.",
          "Accept the invitation" } } },
    { "password_changed",
      { { "Sua senha foi trocada",
          "Olá, {name}.\n\nA senha da sua conta foi trocada em {time}. As outras sessões "
          "terminaram."
          "\n\nSe não foi você, peça uma senha nova na tela de entrada e avise quem administra o "
          "sistema.",
          NULL },
        { "Your password was changed",
          "Hello {name},\n\nThe password of your account was changed at {time}. Other sessions "
          "have "
          "ended.\n\nIf this was not you, ask for a new password where you sign in and tell your "
          "administrator.",
          NULL } } },
    { "password_reset",
      { { "Crie uma senha nova",
          "Olá, {name}.\n\nAlguém pediu uma senha nova para a sua conta. Se foi você, use este "
          "link "
          "em até 30 minutos:\n\n{link}\n\nTodas as sessões terminam. Se não foi você, ignore esta "
          "mensagem: nada muda.",
          "Criar senha nova" },
        { "Choose a new password",
          "Hello {name},\n\nSomebody asked for a new password for your account. If it was you, use "
          "this link within 30 minutes:\n\n{link}\n\nAll sessions end. If it was not you, ignore "
          "this "
          "message: nothing changes.",
          "Choose a new password" } } },
    { "session_reused",
      { { "Encerramos uma sessão sua",
          "Olá, {name}.\n\nUma sessão sua foi usada a partir de uma cópia e por isso a encerramos. "
          "Entre de novo; se não reconhece o acesso de {address}, troque a senha.",
          NULL },
        { "We ended one of your sessions",
          "Hello {name},\n\nOne of your sessions was used from a copy, so we ended it. Sign in "
          "again; "
          "if you do not recognise the access from {address}, change your password.",
          NULL } } },
    { "signin_attempts",
      { { "Tentativas de entrar na sua conta",
          "Olá, {name}.\n\nAlguém tentou entrar na sua conta várias vezes com a senha errada, a "
          "partir "
          "de {address}.\n\nSe foi você, espere um pouco e tente de novo. Se não foi, sua senha "
          "continua "
          "valendo e ninguém entrou.",
          NULL },
        { "Attempts to sign in to your account",
          "Hello {name},\n\nSomeone tried several times to sign in to your account with a wrong "
          "password, from {address}.\n\nIf it was you, wait a little and try again. If not, your "
          "password still holds and nobody got in.",
          NULL } } },
    { "signin_locked",
      { { "Sua entrada foi bloqueada",
          "Olá, {name}.\n\nHouve tentativas demais de entrar na sua conta com a senha errada. Para "
          "desbloquear, use este link:\n\n{link}\n\nQuem administra o sistema também pode "
          "desbloquear.",
          "Desbloquear" },
        { "Your sign-in was locked",
          "Hello {name},\n\nThere were too many attempts to sign in to your account with a wrong "
          "password. To unlock it, use this link:\n\n{link}\n\nYour administrator can unlock it "
          "too.",
          "Unlock" } } },
    { 0 },
};

const struct mail_words *mail_words_find(struct str template)
{
    for (const struct mail_words *w = mail_words; w->template != NULL; w++)
        if (str_eq(template, str_of(w->template)))
            return w;
    return NULL;
}

int
mail_locale(struct str locale)
{
    for (int i = 1; i < MAIL_LOCALES; i++)
        if (str_eq(locale, str_of(mail_locales[i])))
            return i;
    return 0;
}
