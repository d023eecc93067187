// @ts-check
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { DCLinter } from 'dclint';
import { parse } from 'yaml';
import { composeEnvironment } from '../compose/compose-environment.policy.mjs';
import { describeProcesses } from '../docs/configuration.mjs';
import { ROOT } from '../install.mjs';
import { RELEASE_IMAGE } from '../nats/release.table.mjs';
import { ownDependencies } from '../setup/own-dependencies.reader.mjs';
import { parseDockerfile } from './dockerfile.codec.mjs';

const read = (/** @type {string} */ path) => readFileSync(join(ROOT, path), 'utf8');
const compose = parse(read('docker-compose.yml'), { merge: true });
const stages = parseDockerfile(read('deploy/Dockerfile'));
/** @type {[string, any][]} */
const services = Object.entries(compose.services);
const ours = services.filter(([, service]) => service.build);

/** Variables of docker-compose.yml itself, which `npm run compose` writes or the comment at its top explains. */
const OF_COMPOSE = ['WABUS_USER', 'WABUS_DOMAIN', 'WABUS_MEMORY', 'WABUS_NATS_MEMORY'];

/** The services that run one of our processes, with the config class that reads their environment. */
const TITLES = /** @type {Record<string, string>} */ ({ connector: 'Connector', 'connector-demo': 'Connector', edge: 'Edge' });

describe('docker-compose.yml', () => {
  it('is valid according to the compose specification', () => {
    // dclint contains the schema of the specification.
    const schema = JSON.parse(read('node_modules/dclint/schemas/compose.schema.json'));
    delete schema.$schema;
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    expect(ajv.validate(schema, compose) ? [] : ajv.errors).toEqual([]);
    expect(ajv.validate(schema, { services: { nats: { imagee: 'nats' } } })).toBe(false);
  });

  it('runs the pinned nats-server that npm start would use', () => {
    const images = services.filter(([name]) => name.startsWith('nats')).map(([, service]) => service.image);
    expect(images).toHaveLength(4);
    expect(new Set(images)).toEqual(new Set([RELEASE_IMAGE]));
  });

  it('uses only stages of the Dockerfile as targets', () => {
    for (const [, { build }] of ours) {
      expect(existsSync(join(ROOT, build.dockerfile))).toBe(true);
      expect(stages.map(({ name }) => name)).toContain(build.target);
    }
    expect(ours.map(([, { build }]) => build.target).sort()).toEqual(['connector', 'connector', 'edge', 'simulator']);
  });

  it('sets only known variables, and all required ones', async () => {
    const processes = Object.fromEntries((await describeProcesses()).map(({ title, rows }) => [title, rows]));
    for (const [name, service] of ours) {
      const rows = processes[TITLES[name] ?? ''] ?? [];
      const known = rows.flatMap(({ env, secret }) => (secret ? [env, `${env}_FILE`] : [env]));
      const set = Object.keys(service.environment ?? {});
      expect(set.filter(env => !known.includes(env))).toEqual([]);
      const required = rows.filter(row => row.required && !set.includes(row.env) && !set.includes(`${row.env}_FILE`));
      expect(required.map(({ env }) => env)).toEqual([]);
    }
  });

  it('passes every documented setting to its process', async () => {
    /** The variables that this file determines: addresses inside the containers, secret files, and the needs of each container. */
    const decided = {
      Connector: ['WABUS_NATS_TOKEN', 'WABUS_CONNECTOR_ID', 'WABUS_SIMULATOR_URL', 'WABUS_SIMULATOR_ROOT_KEY'],
      Edge: ['WABUS_NATS_TOKEN']
    };
    for (const { title, rows } of await describeProcesses()) {
      const [name] = Object.entries(TITLES).find(([, of]) => of === title) ?? [];
      const environment = compose.services[name ?? ''].environment;
      const missing = rows.filter(({ env }) => !(env in environment) && !(`${env}_FILE` in environment)).map(({ env }) => env);
      expect(missing).toEqual(decided[/** @type {'Connector' | 'Edge'} */ (title)]);
    }
  });

  it('interpolates only variables that are explained or read', async () => {
    const known = (await describeProcesses()).flatMap(({ rows }) => rows.map(({ env }) => env));
    const text = read('docker-compose.yml');
    const used = [...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name);
    expect([...new Set(used)].filter(name => !OF_COMPOSE.includes(name ?? '') && !known.includes(name ?? ''))).toEqual([]);
  });

  it('allows connectors and edges to be scaled', () => {
    for (const name of ['connector', 'edge']) {
      expect(compose.services[name]).not.toHaveProperty('container_name');
      expect(compose.services[name].environment).not.toHaveProperty('WABUS_CONNECTOR_ID');
    }
    expect(compose.services.connector).not.toHaveProperty('ports');
    expect(compose.services.edge.ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:(\d+)-(\d+):3000$/)]);
  });

  it('passes secrets as files and has no default secret', () => {
    for (const [, { file, ...rest }] of /** @type {[string, any][]} */ (Object.entries(compose.secrets))) {
      expect(file).toMatch(/^\.\/\.wabus\//);
      expect(rest).toEqual({});
    }
    const declared = Object.keys(compose.secrets);
    for (const [, service] of ours) {
      for (const secret of service.secrets ?? []) expect(declared).toContain(secret);
      const files = Object.entries(service.environment ?? {}).filter(([env, path]) => env.endsWith('_FILE') && path !== null);
      for (const [, path] of files) expect(service.secrets).toContain(String(path).replace('/run/secrets/', ''));
      expect(JSON.stringify(service.environment ?? {})).not.toMatch(/(TOKEN|PASSWORD|SECRET)":(?!null)/);
    }
  });

  it('gives each process its role, and passwords to servers only', () => {
    for (const [name, service] of services) {
      if (name.startsWith('nats')) expect(service.env_file).toEqual(['./.wabus/nats.env']);
      else expect(service).not.toHaveProperty('env_file');
    }
    for (const [name, service] of ours.filter(([name]) => name in TITLES)) {
      const role = name === 'edge' ? 'edge' : 'connector';
      expect(service.environment).toMatchObject({ WABUS_NATS_USER: role, WABUS_NATS_PASSWORD_FILE: `/run/secrets/nats-password-${role}` });
    }
  });

  it('runs our processes unprivileged and read-only', () => {
    for (const [, service] of ours) {
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'], init: true });
      expect(service.user).toMatch(/:-[1-9]\d*:[1-9]\d*\}$/);
    }
  });

  it('trusts the address of Caddy only', () => {
    const { caddy, edge } = compose.services;
    const address = caddy.networks.front.ipv4_address;
    expect(edge.networks).toContain('front');
    expect(composeEnvironment('', { domain: 'chat.example', cluster: false, user: '1:1', version: '0' })).toContain(
      `WABUS_EDGE_TRUSTED_PROXIES=${address}\n`
    );
    expect(compose.networks.front.ipam.config[0].subnet).toBe(address.replace(/\.\d+$/, '.0/24'));
  });

  it('limits memory, processes and logs of every service', () => {
    for (const [, service] of services) {
      expect(service).toMatchObject({ logging: { driver: 'json-file', options: { 'max-size': '20m' } }, pids_limit: expect.any(Number) });
      expect(service.mem_limit).toMatch(/\d+[mg]\}?$/);
    }
  });

  it('checks the health of every service that others need', () => {
    for (const [name, service] of services) {
      if (name !== 'simulator') expect(service.healthcheck.test[0]).toBe('CMD');
    }
  });

  it('mounts only existing files and declared volumes', () => {
    for (const [, service] of services) {
      for (const mount of service.volumes ?? []) {
        const [source] = mount.split(':');
        expect(source.startsWith('.') ? existsSync(join(ROOT, source)) : source in compose.volumes).toBe(true);
      }
    }
  });
});

describe('examples/n8n-compose', () => {
  const path = 'examples/n8n-compose/docker-compose.yml';
  const over = parse(read(path));

  it('passes dclint and sets only settings that exist', async () => {
    const results = new DCLinter({ rules: {}, quiet: true, debug: false, exclude: [] }).lintFiles([join(ROOT, path)], false);
    const messages = results.flatMap((/** @type {{ messages: { type: string }[] }} */ result) => result.messages);
    expect(messages.filter((/** @type {{ type: string }} */ { type }) => type === 'error')).toEqual([]);
    expect(results).toHaveLength(1);
    const processes = Object.fromEntries((await describeProcesses()).map(({ title, rows }) => [title, rows.map(({ env }) => env)]));
    for (const [name, title] of Object.entries(TITLES)) {
      for (const env of Object.keys(over.services[name]?.environment ?? {})) expect(processes[title]).toContain(env);
    }
  });

  it('extends the other file and permits n8n by its name', () => {
    const added = Object.keys(over.services).filter(name => !(name in compose.services));
    expect(added).toEqual(['n8n']);
    for (const name of ['connector', 'edge']) expect(over.services[name].environment.WABUS_EGRESS_ALLOW).toBe('${WABUS_EGRESS_ALLOW:-n8n}');
    expect(over.services.n8n.ports).toEqual(['127.0.0.1:5678:5678']);
    const { WEBHOOK_URL: address } = over.services.n8n.environment;
    expect(new URL(address).hostname).toBe('n8n');
    expect(read(path)).toContain(`"url": "${address}webhook/wabus"`);
    expect(new URL(`http://edge:${compose.services.edge.environment.WABUS_EDGE_PORT}`).port).toBe('3000');
  });
});

describe('deploy/Dockerfile', () => {
  const names = stages.map(({ name }) => name);
  const workspaces = ['libs', 'apps', 'clients'].flatMap(group => readdirSync(join(ROOT, group)).map(name => `${group}/${name}`));
  const projects = workspaces.filter(path => existsSync(join(ROOT, path, 'package.json')));
  const ignored = read('.dockerignore').split('\n');

  it('copies only what exists in the context or earlier stages', () => {
    for (const [at, { copies }] of stages.entries()) {
      for (const { from, sources } of copies) {
        if (from !== null) expect(names.slice(0, at)).toContain(from);
        else {
          for (const source of sources) {
            expect(existsSync(join(ROOT, source))).toBe(true);
            expect(ignored).toContain(`!${source.split('/')[0]}`);
          }
        }
      }
    }
  });

  it('copies the manifest of every project for npm ci', () => {
    const copied = stages.find(({ name }) => name === 'manifests')?.copies.flatMap(({ sources }) => sources) ?? [];
    expect(copied).toEqual(expect.arrayContaining(['package.json', 'package-lock.json', ...projects.map(path => `${path}/package.json`)]));
  });

  it.each(['connector', 'edge', 'simulator'])('gives %s the builds of our packages that it needs', app => {
    const { copies = [], command = [] } = stages.find(({ name }) => name === app) ?? {};
    const copied = copies.flatMap(({ sources }) => sources);
    for (const path of ownDependencies(ROOT, `apps/${app}`)) expect(copied).toContain(`/app/${path}/dist`);
    expect(command).toEqual(['node', `apps/${app}/dist/bundle/main.js`]);
    expect(existsSync(join(ROOT, `apps/${app}/src/main.ts`))).toBe(true);
  });

  it.each(['connector', 'edge', 'simulator'])('installs for %s only the packages of its projects', app => {
    const { runs = [] } = stages.find(({ name }) => name === `${app}-packages`) ?? {};
    const [, workspaces = '[]'] = /workspaces='([^']*)'/.exec(runs.join(' ')) ?? [];
    expect(JSON.parse(workspaces).sort()).toEqual(ownDependencies(ROOT, `apps/${app}`).sort());
  });

  it('patches the installed packages before it bundles them', () => {
    const { runs = [] } = stages.find(({ name }) => name === 'build') ?? {};
    const at = (/** @type {string} */ command) => runs.findIndex(run => run.includes(command));
    expect(at('npm ci')).toBeGreaterThanOrEqual(0);
    expect(at('tools/setup/dependency.patches.mjs')).toBeGreaterThan(at('npm ci'));
    expect(at('tools/bundle/app.bundle.mjs')).toBeGreaterThan(at('tools/setup/dependency.patches.mjs'));
  });

  it('ends in images that run as an unprivileged user', () => {
    expect(stages.find(({ name }) => name === 'process')?.user).toBe('node');
    for (const app of ['connector', 'edge', 'simulator'])
      expect(stages.find(({ name }) => name === app)).toMatchObject({ from: 'process', user: null });
  });

  it("gives the media image the connector and Debian's ffmpeg", () => {
    const media = stages.find(({ name }) => name === 'connector-media');
    expect(media).toMatchObject({ from: 'connector', user: 'node', copies: [] });
    expect(media?.command ?? []).toEqual([]);
    const [install = ''] = media?.runs ?? [];
    expect(install).toMatch(
      /apt-get update\s+&& apt-get install --yes --no-install-recommends ffmpeg\s+&& rm -rf \/var\/lib\/apt\/lists\/\*/
    );
  });

  it('puts a bill of materials and labels into every image', () => {
    for (const app of ['connector', 'edge', 'simulator']) {
      const { from = '', runs = [] } = stages.find(({ name }) => name === `${app}-sbom`) ?? {};
      expect([from, ...runs]).toEqual([
        `${app}-packages`,
        expect.stringMatching(/^npm sbom --sbom-format cyclonedx --omit dev > sbom\.cdx\.json$/)
      ]);
      expect(stages.find(({ name }) => name === app)?.copies.map(({ from: source }) => source)).toContain(`${app}-sbom`);
    }
    expect(
      stages
        .find(({ name }) => name === 'process')
        ?.copies.map(({ sources }) => sources)
        .flat()
    ).toEqual(['LICENSE', 'THIRD_PARTY_NOTICES.txt']);
    expect(read('deploy/Dockerfile')).toContain(`ARG WABUS_VERSION=${JSON.parse(read('package.json')).version}`);
  });

  it('pins its node image', () => {
    expect(stages.filter(({ from }) => !names.includes(from)).map(({ from }) => from)).toEqual([
      // A release line with long-term support, which `npm test -- --node` tests.
      expect.stringMatching(/^node:24\.\d+\.\d+-/)
    ]);
  });
});
