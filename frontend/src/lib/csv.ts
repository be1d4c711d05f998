/* A formula that somebody's program would run is a text. */
const cell = (value: string | number | null) => {
  const text = String(value ?? '');
  const safe = /^[=+\-@\t\r]/.test(text) && typeof value === 'string' ? `'${text}` : text;
  return /[",;\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Rows for a table program, the head first. */
export const csvOf = (rows: readonly (readonly (string | number | null)[])[]) =>
  rows.map((row) => row.map(cell).join(',')).join('\r\n');

/** Into the reader's downloads, marked as UTF-8. */
export function downloadCsv(text: string, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
