const KEY = 'wabus.token';

/** Where the token lives: in this tab, until it is closed. Never in an address, a cookie or what outlives the tab. */
export const tokenStorage = {
  read: (): string | null => sessionStorage.getItem(KEY),
  keep: (token: string): void => sessionStorage.setItem(KEY, token),
  forget: (): void => sessionStorage.removeItem(KEY)
};
