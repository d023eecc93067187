import type { CONSOLE_HEADER, LOGIN_PATH } from '@wabus/contracts';

// Written out and checked by the compiler: importing values would bundle the contracts whole.
export const PAGE_HEADER: typeof CONSOLE_HEADER = 'x-wabus-console';
export const LOGIN_ADDRESS: typeof LOGIN_PATH = '/api/login';
