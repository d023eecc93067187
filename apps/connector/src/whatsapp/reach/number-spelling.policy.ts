interface Plan {
  /** With the digit that some spellings have. */
  readonly long: RegExp;
  readonly short: RegExp;
  readonly digit: string;
}

/**
 * - Brazil: mobile numbers got a ninth digit until 2016, and accounts from before often go without it. Landlines, which begin with 2 to 5, never had one.
 * - Mexico: 52 1 was for mobiles until 2019.
 * - Argentina: 54 9 is for mobiles.
 */
const PLANS: readonly Plan[] = [
  { long: /^(55\d\d)9([6-9]\d{7})$/, short: /^(55\d\d)([6-9]\d{7})$/, digit: '9' },
  { long: /^(52)1(\d{10})$/, short: /^(52)(\d{10})$/, digit: '1' },
  { long: /^(54)9(\d{10})$/, short: /^(54)(\d{10})$/, digit: '9' }
];

/** Other ways to write the same phone number, in digits: WhatsApp knows an account under one of them only. */
export function otherSpellings(number: string): string[] {
  return PLANS.flatMap(({ long, short, digit }) => {
    const longer = long.exec(number);
    if (longer) return [`${longer[1]}${longer[2]}`];
    const shorter = short.exec(number);
    return shorter ? [`${shorter[1]}${digit}${shorter[2]}`] : [];
  });
}
