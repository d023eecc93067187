/** Installs everything that must be in place before Baileys and libsignal are loaded. Import it before any module that may load them; it runs only once. */
import { installCarefulSessions } from './signal/careful-sessions.js';
import { installUnqueuedJobs, requireSilently, unqueueLoadedCiphers } from './signal/libsignal.loader.js';
import { installSharedAsyncContext } from './signal/shared-async-context.js';
import { installFastAgreement } from './signal/agreement-curve.js';
import { installFastCurve } from './signal/signature-curve.js';

/** The outcome of the installation, for the log: there is no logger yet. */
export const sharedAsyncContext = installSharedAsyncContext();
installUnqueuedJobs();
requireSilently('libsignal');
unqueueLoadedCiphers();
installFastCurve();
installFastAgreement();
installCarefulSessions();
