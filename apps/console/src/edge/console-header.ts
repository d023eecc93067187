import type { CONSOLE_HEADER, LOGIN_PATH } from '@wabus/contracts';

// The values are repeated here and checked by the compiler: importing them would bundle all contracts.
export const PAGE_HEADER: typeof CONSOLE_HEADER = 'x-wabus-console';
export const LOGIN_ADDRESS: typeof LOGIN_PATH = '/api/login';
