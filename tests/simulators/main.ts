/** Starts the lab: `node tests/simulators/main.ts`. See README.md beside this file. */
import { startLab } from './server.ts';

const env = process.env;
const lab = await startLab({
  port: Number(env['LAB_PORT'] ?? 8090),
  smtp_port: Number(env['LAB_SMTP_PORT'] ?? 0),
  host: env['LAB_HOST'] ?? '127.0.0.1',
  public_url: env['PUBLIC_URL'] ?? env['BALCAO_URL'] ?? 'http://localhost:8080',
  var_dir: env['BALCAO_VAR'] ?? 'var',
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void lab.close().then(() => process.exit(0)));
}

/* Last, and said once: whoever reads it may already stop the lab again. */
console.log(`lab.listening url=${lab.origin} smtp_port=${lab.smtp_port}`);
