-- The demo account: Rede Pinhão, an internet provider of the south of Brazil, with its
-- support organisation, its people, and a morning's work in progress. Invented throughout.
-- Times hang on now(), so the inbox always looks like today. Passwords and channel
-- secrets are set afterwards by `balcaoctl demo`, which alone can hash and seal. Runs as the
-- cluster's superuser: nobody else may make temporary things here.

-- Words and numbers stand in these texts; the programs' own statements hold none.
SET log_min_duration_statement = -1;

CREATE TEMP TABLE demo AS
WITH a AS (INSERT INTO accounts (name, slug) VALUES ('Rede Pinhão', 'rede-pinhao') RETURNING id),
     c AS (INSERT INTO companies (account_id, name, legal_name, document, phone)
           SELECT id, 'Rede Pinhão', 'Rede Pinhão Telecomunicações Ltda.', '11222333000181', '+55 49 3222-0417' FROM a RETURNING account_id, id)
SELECT account_id, id AS company_id FROM c;

INSERT INTO branches (account_id, company_id, name, city)
SELECT account_id, company_id, b.name, b.city
  FROM demo, (VALUES ('Matriz', 'Joaçaba'), ('Filial Oeste', 'Chapecó')) b (name, city);

INSERT INTO departments (account_id, company_id, name, description, position, color, welcome_text, away_text)
SELECT account_id, company_id, d.name, d.description, d.position, d.color, d.welcome, d.away
  FROM demo, (VALUES
    ('Suporte Geral', 'Primeira linha: conexão, Wi-Fi, usuários, ERP, permissões, importação, fluxos e painéis.', 1, 'blue', '',
     'O suporte volta no próximo dia útil. Se ficou sem conexão, escreva "urgente" e o plantão chama você.'),
    ('Suporte a Canais', 'Ativação de canais, troca de broker, modelos, envio em massa, perfil, saldo e limites.', 2, 'teal', '', ''),
    ('Suporte a Telefonia', 'Asterisk, ramais, linhas, rotas, troncos, siga-me e falhas de ligação.', 3, 'violet', '', ''),
    ('Servidores', 'Rede, TLS, virtualização, lentidão, migração, backup, atualizações, firewall e domínios.', 4, 'sand', '', ''),
    ('Análise Técnica', 'Análise de falhas, consultas ao banco de dados, edições em massa e importações.', 5, 'sand', '', ''),
    ('Plantão', 'Casos urgentes fora do horário.', 6, 'clay', 'Plantão da Rede Pinhão. Diga o endereço e desde quando parou.', ''),
    ('Financeiro', 'Segunda via, Pix, negociação e desbloqueio de confiança.', 7, 'green', '',
     'O financeiro abre às 8h. A segunda via sai a qualquer hora pelo aplicativo.'),
    ('Comercial', 'Planos novos, mudança de endereço e viabilidade.', 8, 'clay', '', '')) d (name, description, position, color, welcome, away);

INSERT INTO users (email, name) VALUES
    ('helena@redepinhao.exemplo', 'Helena Matos'), ('rafael@redepinhao.exemplo', 'Rafael Andrade'),
    ('camila@redepinhao.exemplo', 'Camila Rocha'), ('ana@redepinhao.exemplo', 'Ana Beatriz Lopes'),
    ('diego@redepinhao.exemplo', 'Diego Prates'), ('joana@redepinhao.exemplo', 'Joana Ribeiro'),
    ('marcos@redepinhao.exemplo', 'Marcos Vieira'), ('luiza@redepinhao.exemplo', 'Luíza Kaminski'),
    ('paulo@redepinhao.exemplo', 'Paulo Henrique Zanella'), ('fabiana@redepinhao.exemplo', 'Fabiana Nunes');

INSERT INTO memberships (account_id, user_id, group_id, display_name, is_agent)
SELECT d.account_id, u.id, g.id, u.name, m.builtin <> 'finance'
  FROM demo d, users u, groups g, (VALUES
    ('helena', 'owner'), ('rafael', 'administrator'), ('camila', 'manager'), ('ana', 'agent'),
    ('diego', 'agent'), ('joana', 'agent'), ('marcos', 'agent'), ('luiza', 'agent'), ('paulo', 'agent'),
    ('fabiana', 'finance')) m (login, builtin)
 WHERE u.email = m.login || '@redepinhao.exemplo' AND g.account_id = d.account_id AND g.builtin = m.builtin
 ORDER BY u.id;

INSERT INTO department_members (account_id, department_id, member_id, is_responsible)
SELECT d.account_id, s.id, m.id, (w.login, w.department) IN (('camila', 'Suporte Geral'), ('camila', 'Comercial'), ('fabiana', 'Financeiro'))
  FROM demo d
  JOIN (VALUES ('ana', 'Suporte Geral'), ('ana', 'Plantão'), ('diego', 'Suporte Geral'), ('diego', 'Servidores'),
               ('joana', 'Suporte a Canais'), ('joana', 'Suporte Geral'), ('marcos', 'Suporte a Telefonia'),
               ('luiza', 'Comercial'), ('paulo', 'Análise Técnica'), ('paulo', 'Servidores'),
               ('camila', 'Suporte Geral'), ('camila', 'Comercial'), ('fabiana', 'Financeiro'),
               ('luiza', 'Financeiro')) w (login, department) ON true
  JOIN users u ON u.email = w.login || '@redepinhao.exemplo'
  JOIN memberships m ON m.account_id = d.account_id AND m.user_id = u.id
  JOIN departments s ON s.account_id = d.account_id AND s.name = w.department;

-- When somebody is there: the counter's week, the on-call one beside it, and what the west of Santa Catarina keeps.
WITH p AS (
    INSERT INTO service_periods (account_id, name) SELECT account_id, n FROM demo, unnest(ARRAY['Comercial', 'Plantão']) n
    RETURNING account_id, id, name)
INSERT INTO period_ranges (account_id, period_id, day, from_min, until_min)
SELECT p.account_id, p.id, r.day, r.from_min, r.until_min
  FROM p JOIN (SELECT 'Comercial' AS name, day, 480 AS from_min, 1116 AS until_min FROM generate_series(1, 5) day -- 08:00 to 18:36
               UNION ALL VALUES ('Comercial', 6, 480, 720)
               UNION ALL SELECT 'Plantão', day, 1116, 1920 FROM generate_series(1, 5) day -- through the night
               UNION ALL VALUES ('Plantão', 1, 0, 480), ('Plantão', 6, 720, 1440), ('Plantão', 0, 0, 1440), ('Plantão', 7, 0, 1440)) r USING (name);
INSERT INTO period_exceptions (account_id, period_id, on_date, name)
SELECT account_id, id, make_date(extract(year FROM now())::int, 12, 24), 'Véspera de Natal' FROM service_periods
 WHERE account_id = (SELECT account_id FROM demo) AND name = 'Comercial';
INSERT INTO exception_ranges (account_id, period_id, on_date, from_min, until_min)
SELECT account_id, period_id, on_date, 480, 720 FROM period_exceptions WHERE account_id = (SELECT account_id FROM demo);
UPDATE departments s SET period_id = p.id
  FROM demo d, service_periods p, (VALUES ('Financeiro', 'Comercial'), ('Plantão', 'Plantão')) f (department, period)
 WHERE s.account_id = d.account_id AND s.name = f.department AND p.account_id = d.account_id AND p.name = f.period;
UPDATE branches SET uf = 'SC' WHERE account_id = (SELECT account_id FROM demo);
INSERT INTO account_hours (account_id, uf, away_text)
SELECT account_id, 'SC', 'Agora estamos fora do horário. Voltamos {{hours.next_opening|relative}}. Sua mensagem fica na fila.' FROM demo;
INSERT INTO holiday_switches (account_id, code, is_kept)
SELECT account_id, code, true FROM demo, unnest(ARRAY['carnival_monday', 'carnival_tuesday', 'corpus_christi']) code;
INSERT INTO city_holidays (account_id, branch_id, name, on_date, every_year)
SELECT d.account_id, b.id, c.name, c.on_date::date, true
  FROM demo d, (VALUES ('Matriz', 'Aniversário de Joaçaba', '1917-08-25'),
                       ('Filial Oeste', 'Aniversário de Chapecó', '1917-08-25')) c (branch, name, on_date)
  JOIN branches b ON b.name = c.branch WHERE b.account_id = d.account_id;
INSERT INTO shifts (account_id, name, from_min, until_min)
SELECT account_id, s.name, s.from_min, s.until_min
  FROM demo, (VALUES ('Manhã', 360, 720), ('Tarde', 720, 1080), ('Noite', 1080, 1800)) s (name, from_min, until_min);

-- Channels are given in turn, to whom the customer knows first, and who waits is told so; sales are picked by hand.
INSERT INTO distributions (account_id, department_id, mode, returns_days, agent_limit, tells, tell_text, tell_again_min, lane)
SELECT d.account_id, s.id, x.mode, x.days, x.most, x.text <> '', x.text, x.again, s.id
  FROM demo d
  JOIN (VALUES ('Suporte a Canais', 'round_robin', 14, 4, 'Você é o {{queue.position}}º da fila. Tempo de espera: {{queue.wait}}.', 10),
               ('Comercial', 'manual', 0, NULL, '', 0)) x (department, mode, days, most, text, again) ON true
  JOIN departments s ON s.account_id = d.account_id AND s.name = x.department;
INSERT INTO member_limits (account_id, member_id, ticket_limit)
SELECT d.account_id, m.id, w.most FROM demo d
  JOIN (VALUES ('ana', 8), ('diego', 6), ('joana', 6)) w (login, most) ON true
  JOIN users u ON u.email = w.login || '@redepinhao.exemplo'
  JOIN memberships m ON m.account_id = d.account_id AND m.user_id = u.id;

INSERT INTO close_reasons (account_id, name, message, position)
SELECT account_id, r.name, r.message, r.position FROM demo, (VALUES
    ('Resolvido', 'Que bom que deu certo, {{contact.first_name}}! Se precisar, é só chamar. Protocolo {{ticket.protocol}}.', 1),
    ('Visita técnica agendada', 'Sua visita está marcada, {{contact.first_name}}. Guarde o protocolo {{ticket.protocol}}.', 2),
    ('Segunda via enviada', 'Enviamos a segunda via, {{contact.first_name}}. Protocolo {{ticket.protocol}}.', 3),
    ('Dúvida respondida', 'Fico feliz em ajudar, {{contact.first_name}}. Até a próxima!', 4),
    ('Cliente não respondeu', 'Como não tivemos retorno, encerramos por aqui. É só escrever de novo quando quiser. Protocolo {{ticket.protocol}}.', 5),
    ('Engano', '', 6)) r (name, message, position);

UPDATE close_reasons r SET forces_message = true FROM demo WHERE r.account_id = demo.account_id AND r.name = 'Visita técnica agendada';
UPDATE account_settings s SET closing_text = 'Obrigado por falar com a Rede Pinhão. É só escrever quando precisar.',
                              terms_url = 'https://redepinhao.exemplo/privacidade'
  FROM demo WHERE s.account_id = demo.account_id;

INSERT INTO answers (account_id, scope, member_id, department_id, title, shortcut, body, use_count, last_used_at)
SELECT d.account_id, a.scope, m.id, s.id, a.title, a.shortcut, a.body, a.uses, now() - a.uses * interval '1 hour'
  FROM demo d
  CROSS JOIN (VALUES
    ('account', NULL, NULL, 'Saudação', 'oi', '{{now.greeting}}, {{contact.first_name}}! Aqui é {{agent.first_name}}, da {{company.name}}. Como posso ajudar?', 18),
    ('account', NULL, NULL, 'Guarde o protocolo', 'protocolo', 'O protocolo deste atendimento é {{ticket.protocol}}.', 9),
    ('account', NULL, NULL, 'Pedir CPF ou CNPJ', 'documento', 'Para eu localizar seu cadastro, informe o CPF ou CNPJ do titular, por favor.', 7),
    ('department', NULL, 'Suporte Geral', 'Reiniciar a ONU', 'reiniciar', 'Desligue o aparelho da tomada, espere um minuto e ligue de novo. As luzes voltam em até três minutos.', 12),
    ('department', NULL, 'Financeiro', 'Segunda via', 'boleto', 'Segue a segunda via, {{customer.first_name}}. Depois de pago, a liberação sai em até uma hora.', 5),
    ('own', 'ana', NULL, 'Volto já', 'ja', 'Só um instante, {{contact.first_name}}, já volto.', 3))
    a (scope, login, department, title, shortcut, body, uses)
  LEFT JOIN users u ON u.email = a.login || '@redepinhao.exemplo'
  LEFT JOIN memberships m ON m.account_id = d.account_id AND m.user_id = u.id
  LEFT JOIN departments s ON s.account_id = d.account_id AND s.name = a.department;

INSERT INTO channels (account_id, kind, name, department_id, hook_token, public_key, settings, welcome_text, state)
SELECT d.account_id, c.kind, c.name, s.id, c.token, c.key, c.settings::jsonb, c.welcome, 'connected'
  FROM demo d
  JOIN (VALUES
    ('whatsapp_cloud', 'WhatsApp Suporte', 'Suporte Geral', 'demo-whatsapp-suporte', 'demo-whatsapp-suporte',
     '{"phone_number_id": "10654", "waba_id": "10229", "display_phone_number": "+55 49 3222-0417", "api_version": "v23.0"}',
     'Olá, {{contact.first_name}}! Aqui é a Rede Pinhão. Seu protocolo é {{ticket.protocol}}. Já vamos atender você.'),
    ('webchat', 'Chat do site', 'Comercial', 'demo-chat-do-site', 'demo-chat-do-site',
     '{"color": "#2B50C4", "greeting": "Oi! Como podemos ajudar?", "locale": "pt-BR", "origins": [], "prechat": [{"name": "name", "required": true}, {"name": "email", "required": false}]}',
     'Oi, {{contact.first_name}}! Recebemos sua mensagem. O protocolo é {{ticket.protocol}}.')) c (kind, name, department, token, key, settings, welcome) ON true
  JOIN departments s ON s.account_id = d.account_id AND s.name = c.department;

-- One conversation: opens it some minutes ago and tells it line by line. Lines are
-- "side|minutes ago|text"; side is c (customer), n (whisper), b (bot) or a member's login.
CREATE FUNCTION pg_temp.tell(who text, phone text, channel text, department text, holder text,
                             minutes int, now_state text, reason text, lines text[]) RETURNS void
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    account bigint := (SELECT account_id FROM demo);
    the_channel bigint := (SELECT c.id FROM channels c WHERE c.account_id = account AND c.name = channel);
    the_department bigint := (SELECT s.id FROM departments s WHERE s.account_id = account AND s.name = department);
    holder_id bigint := (SELECT m.id FROM memberships m JOIN users u ON u.id = m.user_id
                          WHERE m.account_id = account AND u.email = holder || '@redepinhao.exemplo');
    opened timestamptz := now() - minutes * interval '1 minute';
    is_phone boolean := channel = 'WhatsApp Suporte';
    the_contact bigint; the_identity bigint; the_ticket bigint; author bigint; n int := 0; unread int := 0;
    line text; side text; body text; at timestamptz; number text; last_in timestamptz; last_out timestamptz;
    day date := (opened AT TIME ZONE 'America/Sao_Paulo')::date;
BEGIN
    SELECT i.contact_id, i.id INTO the_contact, the_identity FROM contact_identities i
     WHERE i.account_id = account AND i.key = phone;
    IF the_contact IS NULL THEN
        INSERT INTO contacts (account_id, name, created_at, active_at) VALUES (account, who, opened, opened) RETURNING id INTO the_contact;
        INSERT INTO contact_identities (account_id, contact_id, kind, key, address, is_verified, created_at)
        VALUES (account, the_contact, CASE WHEN is_phone THEN 'phone' ELSE 'visitor' END, phone, phone, is_phone, opened)
        RETURNING id INTO the_identity;
    END IF;
    INSERT INTO protocol_counters (account_id, counted_on, place, next)
    SELECT account, day, place, place FROM generate_series(1, 64) place ON CONFLICT DO NOTHING;
    UPDATE protocol_counters SET next = next + 64
     WHERE (account_id, counted_on, place) = (SELECT account, day, c.place FROM protocol_counters c
            WHERE c.account_id = account AND c.counted_on = day ORDER BY c.next LIMIT 1)
    RETURNING to_char(day, 'YYYYMMDD') || '-' || lpad((next - 64)::text, 4, '0') INTO number;
    INSERT INTO tickets (account_id, protocol, channel_id, identity_id, contact_id, contact_name, contact_kind,
                         contact_address, department_id, assignee_id, state,
                         controller, last_activity_at, opened_at, queued_at, assigned_at, closed_at, closed_by, reason_id)
    VALUES (account, number, the_channel, the_identity, the_contact, who,
            CASE WHEN is_phone THEN 'phone' ELSE 'visitor' END, phone, the_department,
            CASE WHEN now_state IN ('serving', 'closed') THEN holder_id END, now_state,
            CASE now_state WHEN 'bot' THEN 'bot' WHEN 'waiting' THEN 'queue' WHEN 'serving' THEN 'user' ELSE 'none' END,
            opened, opened, opened, CASE WHEN now_state IN ('serving', 'closed') THEN opened + interval '4 minutes' END,
            CASE WHEN now_state = 'closed' THEN opened + interval '40 minutes' END,
            CASE WHEN now_state = 'closed' THEN holder_id END,
            (SELECT r.id FROM close_reasons r WHERE r.account_id = account AND r.name = reason))
    RETURNING id INTO the_ticket;

    n := 1;
    INSERT INTO messages (account_id, ticket_id, seq, created_at, direction, author_kind, kind, detail, state)
    VALUES (account, the_ticket, 1, opened, 'system', 'system', 'system',
            json_build_object('event', 'ticket_opened', 'protocol', number), 'internal');
    FOREACH line IN ARRAY lines LOOP
        side := split_part(line, '|', 1);
        at := greatest(opened, now() - split_part(line, '|', 2)::int * interval '1 minute') + n * interval '1 ms';
        body := substr(line, length(side) + length(split_part(line, '|', 2)) + 3);
        n := n + 1;
        author := (SELECT m.id FROM memberships m JOIN users u ON u.id = m.user_id
                       WHERE m.account_id = account AND u.email = CASE side WHEN 'n' THEN 'diego' ELSE side END || '@redepinhao.exemplo');
        INSERT INTO messages (account_id, ticket_id, seq, created_at, provider_at, direction, author_kind, author_id, kind, body, state)
        VALUES (account, the_ticket, n, at, CASE WHEN side = 'c' THEN at END,
                CASE side WHEN 'c' THEN 'in' WHEN 'n' THEN 'note' ELSE 'out' END,
                CASE side WHEN 'c' THEN 'contact' WHEN 'b' THEN 'bot' ELSE 'member' END, author, 'text',
                replace(body, '{protocol}', number),
                CASE side WHEN 'c' THEN 'received' WHEN 'n' THEN 'internal' ELSE 'read' END);
        IF side = 'c' THEN
            last_in := at; unread := unread + 1;
        ELSIF side <> 'n' THEN
            last_out := at; unread := CASE WHEN side = 'b' THEN unread ELSE 0 END;
        END IF;
        UPDATE tickets t SET shown_seq = n, last_author_id = author,
               last_author_kind = CASE side WHEN 'c' THEN 'contact' WHEN 'b' THEN 'bot' ELSE 'member' END, last_kind = 'text', last_preview = left(replace(body, '{protocol}', number), 140),
               last_direction = CASE side WHEN 'c' THEN 'in' WHEN 'n' THEN 'note' ELSE 'out' END,
               last_state = CASE side WHEN 'c' THEN 'received' WHEN 'n' THEN 'internal' ELSE 'read' END,
               last_activity_at = at
         WHERE t.account_id = account AND t.id = the_ticket;
    END LOOP;
    UPDATE tickets t SET last_seq = n, unread_count = CASE WHEN now_state = 'closed' THEN 0 ELSE unread END,
           last_inbound_at = last_in, last_outbound_at = last_out,
           first_reply_at = CASE WHEN holder_id IS NOT NULL THEN last_out END,
           window_ends_at = CASE WHEN is_phone THEN last_in + interval '24 hours' END
     WHERE t.account_id = account AND t.id = the_ticket;
END $$;

-- Yesterday and before: what history looks like.
SELECT pg_temp.tell('Marina Duarte Alves', '5549988412076', 'WhatsApp Suporte', 'Suporte Geral', 'diego', 99000, 'closed', 'Visita técnica agendada', ARRAY[
    'c|99000|Bom dia, estou sem conexão desde ontem à noite', 'b|98999|Olá, Marina! Seu protocolo é {protocol}. Já vamos atender você.',
    'diego|98990|Bom dia, Marina! Vi aqui que a luz PON está apagada. Posso agendar um técnico para hoje à tarde?',
    'c|98980|Pode sim, estou em casa depois das 14h', 'diego|98975|Marcado: hoje, entre 14h e 16h. O técnico liga antes.']);
SELECT pg_temp.tell('Marina Duarte Alves', '5549988412076', 'WhatsApp Suporte', 'Financeiro', 'luiza', 240000, 'closed', 'Segunda via enviada', ARRAY[
    'c|240000|preciso da 2ª via do boleto de junho', 'luiza|239990|Oi, Marina! Segue o código de barras da fatura de junho.', 'c|239980|obrigada']);
SELECT pg_temp.tell(n.who, '55499' || (81000000 + n.i * 7919)::text, 'WhatsApp Suporte', n.department, n.holder, 1500 + n.i * 611, 'closed', n.reason, ARRAY[
    'c|' || (1500 + n.i * 611) || '|' || n.asks, 'b|' || (1499 + n.i * 611) || '|Olá! Seu protocolo é {protocol}. Já vamos atender você.',
    n.holder || '|' || (1492 + n.i * 611) || '|' || n.answers, 'c|' || (1480 + n.i * 611) || '|Perfeito, obrigado!'])
  FROM (SELECT row_number() OVER ()::int AS i, x.* FROM (VALUES
    ('Sebastião Moura', 'Suporte Geral', 'ana', 'Resolvido', 'Minha internet está caindo toda hora', 'Reiniciei sua ONU daqui e mudei o canal do Wi-Fi. Pode testar agora?'),
    ('Ivone Carvalho', 'Financeiro', 'luiza', 'Segunda via enviada', 'Não recebi o boleto desse mês', 'Enviei o boleto e o Pix copia e cola. O vencimento é dia 10.'),
    ('Mercado Bom Preço', 'Servidores', 'paulo', 'Resolvido', 'O IP fixo parou de responder', 'Encontramos uma rota errada no roteador de borda. Corrigido, o IP já responde.'),
    ('Cleusa Bortolini', 'Suporte Geral', 'diego', 'Resolvido', 'esqueci a senha do wifi', 'A senha nova é a que combinamos por telefone. Consegue conectar?'),
    ('Jonas Dalmolin', 'Comercial', 'luiza', 'Dúvida respondida', 'Vocês atendem na linha São Roque?', 'Atendemos sim, com fibra de 300 e 500 Mb. Posso mandar os valores?'),
    ('Clínica Vida Plena', 'Suporte a Telefonia', 'marcos', 'Resolvido', 'O ramal 4017 não recebe ligação externa', 'A rota de entrada apontava para o ramal antigo. Ajustei e testei com você na linha.'),
    ('Otávio Brandalise', 'Suporte Geral', 'joana', 'Cliente não respondeu', 'oi', 'Oi, Otávio! Em que posso ajudar?'),
    ('Rosane Piccoli', 'Suporte Geral', 'ana', 'Visita técnica agendada', 'O técnico não veio ontem', 'Peço desculpas, Rosane. Remarquei para hoje às 9h, como primeiro da rota.'),
    ('Auto Posto Planalto', 'Servidores', 'diego', 'Resolvido', 'Lentidão no link dedicado desde cedo', 'Havia um pico no enlace principal. Movemos vocês para o secundário, está estável.'),
    ('Valdir Sganzerla', 'Financeiro', 'luiza', 'Resolvido', 'Paguei e continua bloqueado', 'O pagamento já compensou. Liberei em confiança, pode reiniciar o roteador.'),
    ('Padaria Trigal', 'Suporte a Canais', 'joana', 'Resolvido', 'O WhatsApp da loja parou de receber', 'O token tinha expirado. Gerei outro e já estão chegando mensagens.'),
    ('Neusa Trevisan', 'Suporte Geral', 'ana', 'Engano', 'quero pedir uma pizza', 'Aqui é da Rede Pinhão, do provedor de internet. Acho que foi engano, tudo bem?'),
    ('Escola Monteiro Lobato', 'Servidores', 'paulo', 'Resolvido', 'Precisamos bloquear redes sociais no laboratório', 'Apliquei o filtro na rede do laboratório. A secretaria segue liberada.'),
    ('Gilmar Casagrande', 'Suporte Geral', 'diego', 'Resolvido', 'A TV não carrega os filmes', 'Seu plano chega inteiro até o roteador; o aparelho estava na rede 2.4. Mudei para 5 GHz.')
    ) x (who, department, holder, reason, asks, answers)) n;

-- In hand right now.
SELECT pg_temp.tell('Marina Duarte Alves', '5549988412076', 'WhatsApp Suporte', 'Suporte Geral', 'ana', 1260, 'serving', NULL, ARRAY[
    'c|1260|Desde cedo está muito lenta, a aula do meu filho trava', 'b|1259|Olá, Marina! Aqui é a Rede Pinhão. Seu protocolo é {protocol}. Já vamos atender você.',
    'c|1245|Consegue mandar alguém? Trabalho em casa 🙏', 'ana|31|Obrigada por esperar, Marina. Medi o sinal da sua casa agora e ele está mesmo fraco. Já vejo um técnico para você.',
    'n|28|@Ana Beatriz: sinal em −27,8 dBm, no limite. Parece conector sujo; agenda visita para amanhã cedo?', 'c|12|Pode ser de manhã?']);
SELECT pg_temp.tell('José Carlos Pereira', '5549991237755', 'WhatsApp Suporte', 'Suporte Geral', 'ana', 96, 'serving', NULL, ARRAY[
    'c|96|Boa tarde, estou sem internet', 'b|95|Olá, José! Seu protocolo é {protocol}. Já vamos atender você.', 'ana|80|Oi, José! Reiniciei sua ONU daqui. Voltou?',
    'c|61|Voltou, obrigado', 'c|9|Moça, caiu de novo agora há pouco, a luzinha vermelha está piscando', 'c|8|Preciso mandar um trabalho hoje', 'c|6|Tem previsão?']);
SELECT pg_temp.tell('Tereza Nogueira', '5549991207744', 'WhatsApp Suporte', 'Suporte Geral', 'ana', 180, 'serving', NULL, ARRAY[
    'c|180|O wifi não chega no quarto', 'ana|171|Dona Tereza, onde fica o roteador na sua casa?', 'c|160|Na sala, atrás da televisão',
    'ana|22|Troquei o canal do Wi-Fi, dona Tereza. Pode tirar o roteador de trás da TV e testar de novo?']);
SELECT pg_temp.tell('Condomínio Ipê Amarelo', '554935220099', 'WhatsApp Suporte', 'Servidores', 'diego', 210, 'serving', NULL, ARRAY[
    'c|210|As câmeras da portaria estão fora desde a madrugada', 'diego|200|Bom dia! O enlace do bloco B caiu às 3h. A equipe está no local.', 'c|45|Ainda fora. Previsão?',
    'diego|40|Fusão em andamento, até as 15h no máximo.', 'c|14|Certo, aguardo']);
SELECT pg_temp.tell('Luciana Ferrari', '5549998776655', 'WhatsApp Suporte', 'Financeiro', 'luiza', 75, 'serving', NULL, ARRAY[
    'c|75|Quero mudar o vencimento para o dia 20', 'luiza|70|Claro, Luciana. Muda a partir da próxima fatura, com um acerto proporcional de R$ 38,20. Pode ser?', 'c|41|Pode sim']);
SELECT pg_temp.tell('Escola Girassol — secretaria', '554935661234', 'WhatsApp Suporte', 'Servidores', 'paulo', 1710, 'serving', NULL, ARRAY[
    'c|1710|O link da escola oscila nas aulas on-line', 'paulo|1700|Bom dia! Vou acompanhar o link por 24 horas e retorno com um laudo.', 'n|1600|link dedicado, fala com o NOC antes de mexer']);
SELECT pg_temp.tell('Anderson Kuhn', 'v-anderson', 'Chat do site', 'Comercial', 'luiza', 52, 'serving', NULL, ARRAY[
    'c|52|Oi, queria trocar meu plano de 300 para 500', 'luiza|47|Oi, Anderson! O 500 Mb fica R$ 119,90 e o roteador novo vai junto. Posso agendar a troca?', 'c|35|A troca do roteador tem custo?']);

-- Waiting for somebody.
SELECT pg_temp.tell('Padaria Pão da Vila', '5549984112233', 'WhatsApp Suporte', 'Comercial', NULL, 13, 'waiting', NULL, ARRAY[
    'c|13|Boa tarde! Vocês atendem a rua Hercílio Luz, no centro?', 'b|13|Olá! Aqui é a Rede Pinhão. Seu protocolo é {protocol}. Já vamos atender você.']);
SELECT pg_temp.tell('Sidnei Rossetto', '5549987001020', 'WhatsApp Suporte', 'Suporte Geral', NULL, 9, 'waiting', NULL, ARRAY[
    'c|9|sem sinal desde as 10h', 'b|9|Olá, Sidnei! Seu protocolo é {protocol}. Já vamos atender você.', 'c|4|alguém?']);
SELECT pg_temp.tell('Mônica Schuster', '5549985432109', 'WhatsApp Suporte', 'Financeiro', NULL, 27, 'waiting', NULL, ARRAY[
    'c|27|Paguei o boleto ontem e hoje bloqueou', 'b|27|Olá, Mônica! Seu protocolo é {protocol}. Já vamos atender você.']);
SELECT pg_temp.tell('Farmácia São Lucas', '554935220707', 'WhatsApp Suporte', 'Suporte a Telefonia', NULL, 34, 'waiting', NULL, ARRAY[
    'c|34|As ligações caem depois de 30 segundos', 'b|34|Olá! Seu protocolo é {protocol}. Já vamos atender você.', 'c|20|Já aconteceu com três clientes hoje']);
SELECT pg_temp.tell('Bruna Cordeiro', 'v-bruna', 'Chat do site', 'Comercial', NULL, 3, 'waiting', NULL, ARRAY[
    'c|3|Olá, tem fibra no bairro Flor da Serra?']);

-- With the bot.
SELECT pg_temp.tell('Edson Lemos', '5549988990011', 'WhatsApp Suporte', 'Suporte Geral', NULL, 6, 'bot', NULL, ARRAY[
    'c|6|Oi', 'b|6|Boa tarde, Edson! Eu sou a assistente da Rede Pinhão. Sobre o que vamos falar? 1 Internet lenta · 2 Sem conexão · 3 Boleto · 0 Atendente']);
SELECT pg_temp.tell('Vera Lúcia Antunes', '5549981237890', 'WhatsApp Suporte', 'Suporte Geral', NULL, 15, 'bot', NULL, ARRAY[
    'c|15|boleto', 'b|15|Encontrei uma fatura em aberto de R$ 119,90, com vencimento em 25/11. 1 Pix · 2 Código de barras · 0 Atendente']);

-- Words of the house upon all of that.
INSERT INTO tags (account_id, name, color, description, created_at)
SELECT account_id, g.name, g.color, g.description, now() FROM demo, (VALUES
    ('sem sinal', 'bad', 'Sem conexão nenhuma.'), ('lentidão', 'warn', 'Conecta, mas devagar ou oscilando.'),
    ('boleto', 'accent', 'Segunda via, vencimento, bloqueio.'), ('visita técnica', 'ok', 'Marcada ou a marcar.'),
    ('plano novo', 'survey', 'Contratar, mudar, ampliar.'), ('empresa', 'bot', 'Link dedicado ou IP fixo.'),
    ('risco de cancelar', 'note', 'Avise a coordenação.')) g (name, color, description);
INSERT INTO ticket_types (account_id, name)
SELECT account_id, n FROM demo, unnest(ARRAY['Suporte técnico', 'Financeiro', 'Venda', 'Elogio ou reclamação']) n;
INSERT INTO ticket_tags (account_id, ticket_id, tag_id, tagged_at)
SELECT t.account_id, t.id, g.id, t.opened_at + w.place * interval '1 minute'
  FROM demo d
  JOIN (VALUES ('Marina Duarte Alves', 'lentidão', 1), ('Marina Duarte Alves', 'visita técnica', 2), ('Marina Duarte Alves', 'risco de cancelar', 3),
               ('José Carlos Pereira', 'sem sinal', 1), ('Condomínio Ipê Amarelo', 'sem sinal', 1), ('Condomínio Ipê Amarelo', 'empresa', 2),
               ('Luciana Ferrari', 'boleto', 1), ('Escola Girassol — secretaria', 'empresa', 1), ('Anderson Kuhn', 'plano novo', 1),
               ('Sidnei Rossetto', 'sem sinal', 1), ('Mônica Schuster', 'boleto', 1), ('Padaria Pão da Vila', 'plano novo', 1),
               ('Ivone Carvalho', 'boleto', 1), ('Rosane Piccoli', 'visita técnica', 1), ('Auto Posto Planalto', 'empresa', 1)) w (who, tag, place) ON true
  JOIN tickets t ON t.account_id = d.account_id AND t.contact_name = w.who
  JOIN tags g ON g.account_id = d.account_id AND g.name = w.tag;
INSERT INTO contact_tags (account_id, contact_id, tag_id, tagged_at)
SELECT d.account_id, c.id, g.id, now() FROM demo d JOIN contacts c ON c.account_id = d.account_id
  JOIN tags g ON g.account_id = d.account_id AND g.name = 'empresa'
 WHERE c.name IN ('Condomínio Ipê Amarelo', 'Escola Girassol — secretaria', 'Farmácia São Lucas', 'Clínica Vida Plena');
UPDATE tickets t SET type_id = y.id
  FROM demo d JOIN ticket_types y ON y.account_id = d.account_id JOIN departments s ON s.account_id = d.account_id
 WHERE t.account_id = d.account_id AND t.state = 'closed' AND s.id = t.department_id
   AND y.name = CASE s.name WHEN 'Financeiro' THEN 'Financeiro' WHEN 'Comercial' THEN 'Venda' ELSE 'Suporte técnico' END;
INSERT INTO ticket_favourites (account_id, member_id, ticket_id, marked_at)
SELECT t.account_id, t.assignee_id, t.id, now() FROM demo d JOIN tickets t ON t.account_id = d.account_id
 WHERE t.state = 'serving' AND t.contact_name IN ('Marina Duarte Alves', 'Condomínio Ipê Amarelo');
UPDATE tickets t SET snoozed_until = (date_trunc('day', now() AT TIME ZONE 'America/Sao_Paulo') + interval '1 day 8 hours') AT TIME ZONE 'America/Sao_Paulo'
  FROM demo d WHERE t.account_id = d.account_id AND t.state = 'serving' AND t.contact_name = 'Tereza Nogueira';
INSERT INTO lanes (queue, lane, run_at)
SELECT 'chores', -t.id, t.snoozed_until FROM demo d JOIN tickets t ON t.account_id = d.account_id WHERE t.snoozed_until IS NOT NULL;
INSERT INTO jobs (queue, lane, kind, account_id, subject_id, arg)
SELECT 'chores', -t.id, 'ticket.wake', t.account_id, t.id, (extract(epoch FROM t.snoozed_until) * 1000000)::bigint::text
  FROM demo d JOIN tickets t ON t.account_id = d.account_id WHERE t.snoozed_until IS NOT NULL;

-- What is known of some of them beyond their conversations, and one who was written down twice.
INSERT INTO contact_fields (account_id, name, kind, choices, position, created_at)
SELECT account_id, f.name, f.kind, f.choices, f.position, now() FROM demo,
       (VALUES ('Plano', 'choice', '{300 Mb,500 Mb,1 Gb,Link dedicado}'::text[], 1), ('Cliente desde', 'date', '{}', 2)) f (name, kind, choices, position);
INSERT INTO contact_values (account_id, contact_id, field_id, value)
SELECT d.account_id, c.id, f.id, v.value
  FROM demo d JOIN (VALUES ('Marina Duarte Alves', 'Plano', '500 Mb'), ('Marina Duarte Alves', 'Cliente desde', '2021-03-08'),
                           ('Escola Girassol — secretaria', 'Plano', 'Link dedicado'), ('Luciana Ferrari', 'Plano', '300 Mb')) v (who, field, value) ON true
  JOIN contacts c ON c.account_id = d.account_id AND c.name = v.who
  JOIN contact_fields f ON f.account_id = d.account_id AND f.name = v.field;
INSERT INTO contact_groups (account_id, name, description, created_at)
SELECT account_id, 'Empresas', 'Quem tem contrato de pessoa jurídica', now() FROM demo;
INSERT INTO contact_group_members (account_id, group_id, contact_id, added_at)
SELECT d.account_id, g.id, c.id, now() FROM demo d JOIN contact_groups g ON g.account_id = d.account_id
  JOIN contacts c ON c.account_id = d.account_id AND c.name IN ('Condomínio Ipê Amarelo', 'Escola Girassol — secretaria', 'Padaria Pão da Vila', 'Farmácia São Lucas');
INSERT INTO customers (account_id, kind, document, name, email, birth_on, street, city, state, created_at)
SELECT account_id, k.kind, k.document, k.name, k.email, k.birth_on::date, k.street, 'Chapecó', 'SC', now() FROM demo,
       (VALUES ('person', '52998224725', 'Marina Duarte Alves', 'marina@exemplo.com.br', '1988-05-14', 'Rua das Araucárias, 120'),
               ('company', '11222333000181', 'Padaria Pão da Vila Ltda', NULL, NULL, 'Rua Hercílio Luz, 45')) k (kind, document, name, email, birth_on, street);
INSERT INTO contact_customers (account_id, contact_id, customer_id, linked_at)
SELECT d.account_id, c.id, k.id, now() FROM demo d JOIN customers k ON k.account_id = d.account_id
  JOIN contacts c ON c.account_id = d.account_id AND c.name = regexp_replace(k.name, ' Ltda$', '');
INSERT INTO consent_events (account_id, contact_id, kind, act, source, channel_id, wording, at)
SELECT c.account_id, c.id, 'messages', 'granted', 'contact', h.id, 'termos-2026-03', now() - interval '60 days'
  FROM demo d JOIN contacts c ON c.account_id = d.account_id AND c.name IN ('Marina Duarte Alves', 'Luciana Ferrari')
  JOIN channels h ON h.account_id = d.account_id AND h.name = 'WhatsApp Suporte';
UPDATE contacts c SET consent = 'granted' FROM demo d, consent_events e
 WHERE c.account_id = d.account_id AND e.account_id = c.account_id AND e.contact_id = c.id;
WITH twice AS (INSERT INTO contacts (account_id, name, is_name_edited, created_at, active_at)
               SELECT account_id, 'Marina D. Alves', true, now() - interval '300 days', now() - interval '300 days' FROM demo RETURNING account_id, id)
INSERT INTO contact_identities (account_id, contact_id, kind, key, address)
SELECT account_id, id, 'phone', '49988412076', '49988412076' FROM twice;

-- An export of last month, whose file is long gone.
INSERT INTO contact_exports (account_id, state, format, locale, filter, path, done_count, total_count, size_bytes, member_id, created_at, expires_at)
SELECT d.account_id, 'expired', 'xlsx', 'pt-BR', 'consent=granted', 'none', 2, 2, 4215, m.id, now() - interval '30 days', now() - interval '23 days'
  FROM demo d JOIN memberships m ON m.account_id = d.account_id AND m.display_name LIKE 'Rafael%';

-- What colleagues say among themselves: two conversations, and a group that was told of a rupture.
INSERT INTO chats (account_id, member_a, member_b, last_at, created_at)
SELECT d.account_id, least(x.id, y.id), greatest(x.id, y.id), now(), now() - interval '2 hours'
  FROM demo d
  JOIN (VALUES ('Ana Beatriz Lopes', 'Diego Prates'), ('Ana Beatriz Lopes', 'Camila Rocha')) w (one, other) ON true
  JOIN memberships x ON x.account_id = d.account_id AND x.display_name = w.one
  JOIN memberships y ON y.account_id = d.account_id AND y.display_name = w.other;
INSERT INTO chats (account_id, name, last_at, created_at)
SELECT account_id, 'Plantão de rede', now(), now() - interval '3 hours' FROM demo;
INSERT INTO chat_group_people (account_id, chat_id, member_id)
SELECT c.account_id, c.id, m.id FROM demo d JOIN chats c ON c.account_id = d.account_id AND c.name = 'Plantão de rede'
  JOIN memberships m ON m.account_id = d.account_id AND m.display_name IN ('Camila Rocha', 'Marcos Vieira');
INSERT INTO chat_group_departments (account_id, chat_id, department_id)
SELECT c.account_id, c.id, s.id FROM demo d JOIN chats c ON c.account_id = d.account_id AND c.name = 'Plantão de rede'
  JOIN departments s ON s.account_id = d.account_id AND s.name IN ('Plantão', 'Servidores');
SELECT chat_seat_group(c.account_id, c.id) FROM demo d JOIN chats c ON c.account_id = d.account_id AND c.name IS NOT NULL;
INSERT INTO chat_seats (account_id, member_id, chat_id)
SELECT c.account_id, m.id, c.id FROM demo d JOIN chats c ON c.account_id = d.account_id
  JOIN memberships m ON m.account_id = d.account_id AND m.id IN (c.member_a, c.member_b);
INSERT INTO chat_messages (account_id, chat_id, seq, author_id, body, created_at)
SELECT c.account_id, c.id, row_number() OVER (PARTITION BY c.id ORDER BY w.minutes DESC), a.id, w.body, now() - w.minutes * interval '1 minute'
  FROM demo d
  JOIN (VALUES
    ('Diego Prates', 'Ana Beatriz Lopes', 'Diego, o cliente da Rua XV continua sem sinal depois de reiniciar a ONU.', 74),
    ('Diego Prates', 'Diego Prates', 'Vi aqui, a potência dele caiu para -29 dBm. É fibra, não é equipamento.', 72),
    ('Diego Prates', 'Diego Prates', 'Pode abrir a visita para a Análise Técnica que eu acompanho.', 71),
    ('Diego Prates', 'Ana Beatriz Lopes', 'Aberta. Aviso quando o técnico chegar, obrigada!', 66),
    ('Diego Prates', 'Diego Prates', 'Técnico no local, emenda refeita. Já voltou a -19.', 9),
    ('Camila Rocha', 'Camila Rocha', 'Ana, consegue cobrir o almoço da Joana hoje, das 12h às 13h?', 38),
    ('Camila Rocha', 'Ana Beatriz Lopes', 'Consigo sim. Depois faço o meu às 13h.', 36),
    (NULL, 'Camila Rocha', 'Rompimento de fibra na Avenida Brasil. Previsão de reparo: 2 horas. Usem a resposta /rompimento.', 52))
    w (other, author, body, minutes) ON true
  JOIN memberships a ON a.account_id = d.account_id AND a.display_name = w.author
  LEFT JOIN memberships o ON o.account_id = d.account_id AND o.display_name = w.other
  JOIN chats c ON c.account_id = d.account_id
   AND CASE WHEN w.other IS NULL THEN c.name IS NOT NULL ELSE o.id IN (c.member_a, c.member_b) END;
UPDATE chats c SET last_seq = m.seq, last_at = m.created_at FROM demo d, chat_messages m
 WHERE c.account_id = d.account_id AND m.account_id = c.account_id AND m.chat_id = c.id
   AND m.seq = (SELECT max(seq) FROM chat_messages l WHERE l.account_id = c.account_id AND l.chat_id = c.id);
-- Ana has not seen Diego's last words, and nobody but who told it the notice.
UPDATE chat_seats s SET read_seq = c.last_seq - (c.name IS NULL AND m.display_name = 'Ana Beatriz Lopes' AND o.id IS NOT NULL)::int, read_at = now()
  FROM demo d JOIN chats c ON c.account_id = d.account_id
  LEFT JOIN memberships o ON o.account_id = d.account_id AND o.display_name = 'Diego Prates' AND o.id IN (c.member_a, c.member_b),
       memberships m
 WHERE s.account_id = d.account_id AND s.chat_id = c.id AND m.account_id = s.account_id AND m.id = s.member_id
   AND (c.name IS NULL OR m.display_name = 'Camila Rocha');

-- Who owns two counters: the wholesale house of the same owner, with nobody waiting yet.
WITH a AS (INSERT INTO accounts (name, slug) VALUES ('Rede Pinhão Atacado', 'rede-pinhao-atacado') RETURNING id),
     c AS (INSERT INTO companies (account_id, name) SELECT id, 'Rede Pinhão Atacado' FROM a RETURNING account_id, id)
INSERT INTO departments (account_id, company_id, name, position) SELECT account_id, id, 'Atendimento', 1 FROM c;
INSERT INTO memberships (account_id, user_id, group_id, display_name)
SELECT a.id, u.id, g.id, u.name
  FROM accounts a JOIN groups g ON g.account_id = a.id AND g.builtin = 'owner', users u
 WHERE a.slug = 'rede-pinhao-atacado' AND u.email = 'helena@redepinhao.exemplo';

-- Three reasons for a break, and what the last week's breaks were like. Nobody is on one now.
INSERT INTO break_reasons (account_id, name, planned_min, color, position)
SELECT account_id, r.name, r.planned_min, r.color, r.position
  FROM demo, (VALUES ('Almoço', 60, 'green', 1), ('Café', 15, 'sand', 2), ('Reunião ou retorno', 30, 'blue', 3)) r (name, planned_min, color, position);
INSERT INTO break_limits (account_id, department_id, max_people)
SELECT d.account_id, s.id, 2 FROM demo d JOIN departments s ON s.account_id = d.account_id AND s.name = 'Suporte Geral';
INSERT INTO breaks (account_id, member_id, reason_id, planned_min, started_at, ended_at, ended_by)
SELECT d.account_id, m.id, r.id, r.planned_min, x.began, x.began + (r.planned_min + (m.id * 7 + x.day * 5) % 17 - 9) * interval '1 minute',
       CASE WHEN (m.id + x.day) % 9 = 0 THEN boss.id ELSE m.id END
  FROM demo d
  JOIN memberships m ON m.account_id = d.account_id AND m.is_agent
  JOIN groups g ON g.account_id = m.account_id AND g.id = m.group_id AND g.builtin = 'agent'
  JOIN break_reasons r ON r.account_id = d.account_id AND r.name IN ('Almoço', 'Café')
  JOIN users u ON u.email = 'camila@redepinhao.exemplo'
  JOIN memberships boss ON boss.account_id = d.account_id AND boss.user_id = u.id
 CROSS JOIN LATERAL (SELECT day, date_trunc('day', now()) - day * interval '1 day' + CASE r.name WHEN 'Almoço' THEN interval '15 hours' ELSE interval '18 hours 30 minutes' END
                            + (m.id % 4) * interval '20 minutes' AS began FROM generate_series(1, 6) day) x;

-- What was planted came in past the log that the search follows.
SELECT gate.search_again();

-- What support promises; what waits there already is looked at once, as after a change of rules.
INSERT INTO sla_policies (account_id, name, position, is_active, department_ids, channel_ids, priorities, first_answer_min,
                          next_answer_min, resolution_min, warn_percent, valid_from)
SELECT demo.account_id, 'Suporte', 1, true, ARRAY[d.id], '{}', '{}', 30, 45, 960, 75, now() - interval '90 days'
  FROM demo JOIN departments d ON d.account_id = demo.account_id AND d.name = 'Suporte Geral';
INSERT INTO lanes (queue, lane, run_at) VALUES ('chores', 2800, now());
INSERT INTO jobs (account_id, queue, lane, kind, subject_id) SELECT account_id, 'chores', 2800, 'timers.again', 0 FROM demo;

DROP TABLE demo;
