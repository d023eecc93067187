/** libsignal prints live session secrets with `console.*`; tests that drive real sockets keep their output readable. */
for (const method of ['log', 'info', 'warn', 'error'] as const) console[method] = () => undefined;
