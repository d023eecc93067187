interface Plan {
  /** Matches spellings with the optional digit. */
  readonly long: RegExp;
  readonly short: RegExp;
  readonly digit: string;
}

/**
 * The countries in which a number has two spellings:
 * - Brazil: mobile numbers got a ninth digit by 2016, and older accounts often lack it. Landlines, which begin with 2 to 5, never had one.
 * - Mexico: 52 1 was the prefix of mobile numbers until 2019.
 * - Argentina: 54 9 is the prefix of mobile numbers.
 */
const PLANS: readonly Plan[] = [
  { long: /^(55\d\d)9([6-9]\d{7})$/, short: /^(55\d\d)([6-9]\d{7})$/, digit: '9' },
  { long: /^(52)1(\d{10})$/, short: /^(52)(\d{10})$/, digit: '1' },
  { long: /^(54)9(\d{10})$/, short: /^(54)(\d{10})$/, digit: '9' }
];

/** Returns the other spellings of a phone number, as digits: WhatsApp has an account under only one spelling. */
export function otherSpellings(number: string): string[] {
  return PLANS.flatMap(({ long, short, digit }) => {
    const longer = long.exec(number);
    if (longer) return [`${longer[1]}${longer[2]}`];
    const shorter = short.exec(number);
    return shorter ? [`${shorter[1]}${digit}${shorter[2]}`] : [];
  });
}
