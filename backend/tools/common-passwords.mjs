/** The first eight bytes of the SHA-256 of each word, lower case and without accents, sorted. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';

import common from '@zxcvbn-ts/language-common';
import portuguese from '@zxcvbn-ts/language-pt-br';

const PASSWORD_MIN = 4;
const WORD_MIN = 5;
const RUN_MIN = 5;

const plain = (word) => word.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/* What keyboards and alphabets put in a row, forwards and backwards. */
const rows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz2wsx3edc4rfv5tgb6yhn', 'abcdefghijklmnopqrstuvwxyz', '01234567890123456789'];
const runs = rows.flatMap((row) => [row, [...row].reverse().join('')]).flatMap((row) =>
  Array.from({ length: row.length }, (_, from) =>
    Array.from({ length: row.length - from - RUN_MIN + 1 }, (__, more) => row.slice(from, from + RUN_MIN + more)),
  ).flat(),
);
const same = [...'abcdefghijklmnopqrstuvwxyz0123456789'].flatMap((one) => Array.from({ length: 16 }, (_, more) => one.repeat(4 + more)));

/* What Brazilian counters choose. */
const ours = `flamengo corinthians palmeiras saopaulo santos vasco gremio internacional cruzeiro atleticomineiro fluminense botafogo
  chapecoense avai figueirense criciuma joinville athletico coritiba bahia vitoria sport ceara fortaleza goias
  mudar mudarsenha mudeasenha trocar trocarsenha senha minhasenha senhaforte senhasegura novasenha admin administrador usuario acesso
  suporte atendimento atendente empresa provedor internet whatsapp telefone bemvindo brasil deusefiel jesuscristo teamo
  password welcome letmein changeme`.split(/\s+/);

const passwords = common.dictionary['passwords-common'].filter((word) => word.length >= PASSWORD_MIN);
const words = Object.values(portuguese.dictionary).flat().filter((word) => word.length >= WORD_MIN);

const hashes = new Set([...passwords, ...words, ...runs, ...same, ...ours].map((word) =>
  createHash('sha256').update(plain(word)).digest('hex').slice(0, 16)));
const sorted = [...hashes].sort();
writeFileSync(process.argv[2], Buffer.from(sorted.join(''), 'hex'));
console.log(`${sorted.length} words, ${sorted.length * 8} bytes`);
