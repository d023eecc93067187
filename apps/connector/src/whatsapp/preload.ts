/**
 * What must be in place before Baileys and libsignal are loaded. Import it before anything that may load them; importing it twice changes nothing.
 */
import { installCarefulSessions } from './signal/careful-sessions.js';
import { installUnqueuedJobs, requireSilently, unqueueLoadedCiphers } from './signal/libsignal.loader.js';
import { installSharedAsyncContext } from './signal/shared-async-context.js';
import { installFastAgreement } from './signal/agreement-curve.js';
import { installFastCurve } from './signal/signature-curve.js';

/** How sharing went, for the log: there is none yet. */
export const sharedAsyncContext = installSharedAsyncContext();
installUnqueuedJobs();
requireSilently('libsignal');
unqueueLoadedCiphers();
installFastCurve();
installFastAgreement();
installCarefulSessions();
