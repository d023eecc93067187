const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

const libs = join(__dirname, '../../libs');
const sources = readdirSync(libs)
  .map(name => [`@wabus/${name}$`, join(libs, name, 'src/index.ts')])
  .filter(([, entry]) => existsSync(entry));

/** Resolves our libraries to their sources for dependency-cruiser, so that no build is needed and rules use one path. (In Webpack's format.) */
const parts = [
  ['@wabus/broker/lease-policy$', join(libs, 'broker/src/lease/lease.policy.ts')],
  ['@wabus/broker/lease-conformance$', join(libs, 'broker/src/lease/lease.conformance.ts')],
  ['@wabus/runtime/limits$', join(libs, 'runtime/src/limits/rate.limiter.ts')],
  ...['commands', 'docs'].map(part => [`@wabus/contracts/${part}$`, join(libs, `contracts/src/${part}/index.ts`)])
];
module.exports = { resolve: { alias: Object.fromEntries([...sources, ...parts]) } };
