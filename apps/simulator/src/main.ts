#!/usr/bin/env node
import './signal/fast-libsignal.js';
import { readCommandLine, registerAccounts, USAGE, type CommandLine } from './command-line.js';
import { StderrLog } from './log.js';
import { loadRootKey } from './noise/certificate-authority.js';
import { Simulator } from './simulator.js';
import { StateFile } from './state/state-file.js';

// If a line cannot be written (disk full, reader gone), it is lost, but the process continues.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

async function run(options: CommandLine): Promise<void> {
  const log = new StderrLog();
  const stateFile = options.stateFile === undefined ? undefined : new StateFile(options.stateFile, log);
  const simulator = await Simulator.start({
    port: options.port,
    controlPort: options.controlPort,
    rootKey: options.rootKeyFile === undefined ? undefined : await loadRootKey(options.rootKeyFile),
    settings: {
      ...(options.addressing && { addressing: options.addressing }),
      ...(options.qrReferences && { qrReferences: options.qrReferences })
    },
    log,
    prepare: async world => {
      await stateFile?.load(world);
      if (options.accountsFile !== undefined) await registerAccounts(world, options.accountsFile);
    }
  });
  stateFile?.follow(simulator.world);
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await simulator.stop();
    await stateFile?.close(simulator.world);
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop());
  process.stdout.write(`${JSON.stringify(simulator.ready)}\n`);
}

async function main(): Promise<void> {
  const options = readCommandLine(process.argv.slice(2));
  if (options.help) process.stdout.write(USAGE);
  else await run(options);
}

void main().catch((err: unknown) => {
  process.stderr.write(`simulator: ${err instanceof Error ? err.message : String(err)}\n`);
  process.exit(1);
});
