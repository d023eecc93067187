/** The release of Wabus. A test compares it with the packages. */
export const VERSION = '0.2.0';
