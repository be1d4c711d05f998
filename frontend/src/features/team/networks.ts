/**
 * Whether a line may be a network, while it is being typed. The server decides; this only says early
 * what it surely refuses.
 */
export function looksLikeNetwork(line: string): boolean {
  const [address = '', prefix, more] = line.trim().split('/');
  if (more !== undefined) return false;
  const isV6 = address.includes(':');
  const longest = isV6 ? 128 : 32;
  const isPrefix =
    prefix === undefined ||
    (/^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) >= 1 && Number(prefix) <= longest);
  return isPrefix && (isV6 ? isSixth(address) : isFourth(address));
}

const isFourth = (address: string) => {
  const parts = address.split('.');
  return (
    parts.length === 4 &&
    parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
  );
};

const isSixth = (address: string) => URL.canParse(`http://[${address}]/`) && !address.includes('%');
