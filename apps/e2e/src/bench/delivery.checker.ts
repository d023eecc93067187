/** The differences between the events that a subscriber received and those that were published. */
export interface DeliveryFaults {
  readonly lost: number;
  readonly duplicated: number;
  readonly outOfOrder: number;
}

/** Compares the received numbers with the published ones: 0 up to a count, in order. */
export function checkDelivery(arrived: readonly number[], published: number): DeliveryFaults {
  const different = new Set(arrived);
  const outOfOrder = arrived.filter((n, i) => i > 0 && n < arrived[i - 1]!).length;
  const lost = Array.from({ length: published }, (_, n) => n).filter(n => !different.has(n)).length;
  return { lost, duplicated: arrived.length - different.size, outOfOrder };
}

export function sumOfFaults(all: readonly DeliveryFaults[]): DeliveryFaults {
  const sum = (field: keyof DeliveryFaults): number => all.reduce((total, faults) => total + faults[field], 0);
  return { lost: sum('lost'), duplicated: sum('duplicated'), outOfOrder: sum('outOfOrder') };
}
