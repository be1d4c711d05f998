/** The account every request speaks for. Set once the session is known. */
let current = 0;

export const setAccount = (id: number) => {
  current = id;
};

export const currentAccount = () => current;

/** The header parameter of every request about an account. */
export const inAccount = () => ({ 'Balcao-Account': current });
