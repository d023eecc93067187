/** Silences libsignal, which prints live session secrets with `console.*`, so that the output of tests with real sockets stays readable. */
for (const method of ['log', 'info', 'warn', 'error'] as const) console[method] = () => undefined;
