/** 11222333000181 → 11.222.333/0001-81; what is not whole yet stays as it is. */
export const cnpj = (text: string) =>
  text.replace(/^(\w{2})(\w{3})(\w{3})(\w{4})(\w{2})$/, '$1.$2.$3/$4-$5');
