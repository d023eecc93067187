/**
 * What must be in place before Baileys and libsignal are loaded. Import it before anything that may load them; importing it twice changes nothing.
 */
import { installCarefulSessions } from './signal/careful-sessions.js';
import { installFastCurve } from './signal/fast-curve.js';
import { installSharedAsyncContext } from './signal/shared-async-context.js';
import { requireSilently } from './signal/silent-libsignal.js';
import { installUnqueuedJobs, unqueueLoadedCiphers } from './signal/unqueued-libsignal.js';

/** How sharing went, for the log: there is none yet. */
export const sharedAsyncContext = installSharedAsyncContext();
installUnqueuedJobs();
requireSilently('libsignal');
unqueueLoadedCiphers();
installFastCurve();
installCarefulSessions();
