// @ts-check
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { IN_REPOSITORY, ROOT } from '../install.mjs';
import { freeSpace } from '../start/data-folder.mjs';
import { LEAST_FREE_BYTES } from '../start/storage.plan.mjs';
import { failed, ok, skipped, warning } from './finding.policy.mjs';

/** @typedef {import('./finding.policy.mjs').Check} Check */

/** @type {Record<string, [module: string, name: string]>} */
const CONFIG_CLASSES = {
  connector: ['apps/connector/dist/config/connector.config.js', 'ConnectorConfig'],
  edge: ['apps/edge/dist/config/edge.config.js', 'EdgeConfig']
};

/** Checks that need no network: Node.js, settings, keys, disk. @type {readonly Check[]} */
export const LOCAL_CHECKS = [
  {
    id: 'node',
    title: 'Node.js',
    run: () => {
      const version = process.versions.node;
      const [major = 0, minor = 0] = version.split('.').map(Number);
      const supported = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24;
      if (supported) return ok(`${version} on ${process.platform} ${process.arch}`);
      return failed(`${version} is not supported`, 'Install Node.js 20.19, 22.12, 24 or later.');
    }
  },
  {
    id: 'settings',
    title: 'settings',
    run: async ({ env }) => {
      if (!isBuilt())
        return skipped(IN_REPOSITORY ? 'Wabus is not built here yet; npm start builds it' : 'examined only in a clone of the repository');
      const { loadConfig, unknownInEnvironment } = await built('libs/runtime/dist/index.js');
      const faults = new Set();
      for (const [module, name] of Object.values(CONFIG_CLASSES)) {
        try {
          loadConfig((await built(module))[name], env, () => undefined);
        } catch (error) {
          const lines = (error instanceof Error ? error.message : String(error)).split('\n').filter(line => line.includes('WABUS_'));
          // Settings for files that npm start creates are missing if the user only runs npm start.
          for (const line of lines) if (!/(_FILE|AUTH_KEY|ACCESS_TOKEN).*is not set/.test(line)) faults.add(line.trim());
        }
      }
      if (faults.size > 0) return failed([...faults].join('\n'), 'Correct these variables. docs/configuration.md explains each of them.');
      const unknown = unknownInEnvironment(env).map((/** @type {{ name: string, nearest: string | null }} */ { name, nearest }) =>
        nearest === null ? name : `${name} (did you mean ${nearest}?)`
      );
      if (unknown.length > 0) return warning(`unknown and without effect: ${unknown.join(', ')}`, 'Correct or remove these variables.');
      const count = Object.keys(env).filter(name => name.startsWith('WABUS_')).length;
      return ok(count === 0 ? 'the defaults' : `${count} variables, all valid`);
    }
  },
  {
    id: 'auth-key',
    title: 'key of the credentials',
    run: async ({ authKey: { file, text }, dataFolder, env }) => {
      if (text === null && !existsSync(file))
        return env['WABUS_AUTH_KEY_FILE'] || hasRun(dataFolder)
          ? failed(`${file} does not exist`, 'Restore the file from your backup. Without it, every session must be linked again.')
          : skipped(`npm start has not run with the data folder ${dataFolder}`);
      if (text === null)
        return failed(`${file} cannot be read by this user`, `Run the doctor as the user of Wabus, or: chown $(id -un) ${file}`);
      if (isBuilt()) {
        const { parseAuthKeys } = await built('apps/connector/dist/auth-state/auth-key-file.js');
        try {
          parseAuthKeys(text, file);
        } catch (error) {
          return failed(
            error instanceof Error ? error.message : String(error),
            'Restore the file from your backup. A new key cannot decrypt what is stored.'
          );
        }
      }
      return privacy(file, 'present');
    }
  },
  {
    id: 'access-token',
    title: 'access token',
    run: ({ accessToken: { file, text }, token, dataFolder }) => {
      if (text === null)
        return existsSync(dataFolder)
          ? failed(`${file} does not exist or cannot be read`, `Create it: openssl rand -hex 32 > ${file} && chmod 600 ${file}`)
          : skipped(`npm start has not run with the data folder ${dataFolder}`);
      if (text === '') return failed(`${file} is empty`, `Create a token: openssl rand -hex 32 > ${file}`);
      if (token === null)
        return warning(
          `${file} has no unrestricted token, so sessions are not examined`,
          'Set WABUS_ACCESS_TOKEN_FILE for the doctor to a file that has one.'
        );
      return privacy(file, 'present');
    }
  },
  {
    id: 'disk',
    title: 'disk',
    run: ({ dataFolder, ownNats }) => {
      if (!existsSync(dataFolder)) return skipped(`there is no data folder ${dataFolder}`);
      const free = freeSpace(dataFolder);
      const text = `${(free / 2 ** 30).toFixed(1)} GiB free in ${dataFolder}`;
      if (free < 256 * 2 ** 20)
        return failed(
          text,
          'Free some space now: with a full disk, NATS cannot store credentials and events. npm start then restarts NATS automatically.'
        );
      if (ownNats && free < LEAST_FREE_BYTES / 2)
        return warning(text, 'Free some space, or lower WABUS_EVENTS_MAX_BYTES and WABUS_MEDIA_MAX_BYTES.');
      return ok(text);
    }
  }
];

/** Whether an installation has used this data folder. The demo only puts its token there. @param {string} dataFolder */
function hasRun(dataFolder) {
  return existsSync(join(dataFolder, 'nats'));
}

/** @param {string} file @param {string} detail */
function privacy(file, detail) {
  const open = process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0;
  return open ? warning(`${file} can be read by other users`, `chmod 600 ${file}`) : ok(detail);
}

function isBuilt() {
  return (
    existsSync(join(ROOT, 'libs/runtime/dist/index.js')) &&
    Object.values(CONFIG_CLASSES).every(([module]) => existsSync(join(ROOT, module)))
  );
}

/** @param {string} module @returns {Promise<any>} */
function built(module) {
  return import(pathToFileURL(join(ROOT, module)).href);
}
