// @ts-check
import { statSync } from 'node:fs';
import { join } from 'node:path';

/** The file size in bytes that counts as one second if no time is recorded. */
const BYTES_A_SECOND = 4_000;

/**
 * The duration of test files in seconds when run in parallel, if the file size would give a very different estimate. The values only determine
 * the order, so they need not be exact.
 * @type {Record<string, number>}
 */
const SECONDS = {
  'apps/connector/src/auth-state/auth-state.int.spec.ts': 16,
  'apps/connector/src/client-version/client-version.int.spec.ts': 32,
  'apps/connector/src/connector-faults.int.spec.ts': 17,
  'apps/connector/src/connector-hasty-receivers.int.spec.ts': 31,
  'apps/connector/src/connector-history.int.spec.ts': 23,
  'apps/connector/src/connector-inbox.int.spec.ts': 38,
  'apps/connector/src/connector-limits.int.spec.ts': 21,
  'apps/connector/src/connector-liveness.int.spec.ts': 39,
  'apps/connector/src/connector-outbound.int.spec.ts': 56,
  'apps/connector/src/connector-parts.int.spec.ts': 16,
  'apps/connector/src/connector-reach.int.spec.ts': 12,
  'apps/connector/src/connector-repeats.int.spec.ts': 17,
  'apps/connector/src/connector-resends.int.spec.ts': 76,
  'apps/connector/src/connector-restore.int.spec.ts': 21,
  'apps/connector/src/connector.int.spec.ts': 26,
  'apps/connector/src/disconnect-reasons.int.spec.ts': 93,
  'apps/connector/src/linking.int.spec.ts': 19,
  'apps/connector/src/ownership/ownership.loop.int.spec.ts': 19,
  'apps/connector/src/passkey.int.spec.ts': 47,
  'apps/connector/src/service-stanzas.int.spec.ts': 15,
  'apps/e2e/src/bad-input.spec.ts': 55,
  'apps/e2e/src/chaos/clock/clock.spec.ts': 20,
  'apps/e2e/src/chaos/service/rehearsal.spec.ts': 29,
  'apps/e2e/src/chaos/storm/storm.spec.ts': 33,
  'apps/e2e/src/chaos/upgrade/upgrade.spec.ts': 12,
  'apps/e2e/src/chatwoot/chatwoot.spec.ts': 12,
  'apps/e2e/src/console/chats.spec.ts': 25,
  'apps/e2e/src/console/console-bus.spec.ts': 25,
  'apps/e2e/src/console/console.spec.ts': 70,
  'apps/e2e/src/examples.spec.ts': 20,
  'apps/e2e/src/faults/cluster-faults.spec.ts': 60,
  'apps/e2e/src/faults/connector-faults.spec.ts': 40,
  'apps/e2e/src/import/import.spec.ts': 60,
  'apps/e2e/src/linking.spec.ts': 19,
  'apps/e2e/src/media.spec.ts': 20,
  'apps/e2e/src/n8n/n8n.spec.ts': 15,
  'apps/e2e/src/nest/package.spec.ts': 14,
  'apps/e2e/src/owner-gone.spec.ts': 25,
  'apps/e2e/src/passkey/passkey.spec.ts': 45,
  'apps/e2e/src/sdk/client.spec.ts': 20,
  'apps/e2e/src/sdk/package.spec.ts': 30,
  'apps/e2e/src/session-erasure.spec.ts': 20,
  'apps/e2e/src/sessions.spec.ts': 14,
  'apps/e2e/src/peers.spec.ts': 8,
  'apps/e2e/src/several.spec.ts': 18,
  'apps/e2e/src/stores/stores.spec.ts': 16,
  'apps/e2e/src/traces.spec.ts': 9,
  'apps/e2e/src/webhooks.spec.ts': 24,
  'apps/edge/src/gateway/slow-clients.int.spec.ts': 18,
  'apps/edge/src/http/resources.controller.int.spec.ts': 21,
  'apps/edge/src/read-models/read-models.int.spec.ts': 12,
  'apps/edge/src/webhooks/webhooks.int.spec.ts': 19,
  'apps/simulator/src/faults/faults.int.spec.ts': 17,
  'apps/simulator/src/storm/storm.int.spec.ts': 12,
  'tools/cli/wabus.int.spec.mjs': 30,
  'libs/nest/src/events/durable.consumer.int.spec.ts': 11,
  'libs/nest/src/events/event.server.int.spec.ts': 13,
  'tools/n8n/package.int.spec.mjs': 8,
  'tools/deploy/observability.int.spec.mjs': 6,
  'tools/release/release.int.spec.mjs': 9,
  'tools/site/site.int.spec.mjs': 20,
  'tools/start/demo.int.spec.mjs': 17,
  'tools/start/small-disk.int.spec.mjs': 33,
  'tools/start/start.int.spec.mjs': 25,
  'tools/state/upgrade.int.spec.mjs': 14,
  'libs/broker/src/broker-cluster.int.spec.ts': 20
};

/**
 * Returns the approximate duration of a test file in seconds.
 * @param {string} root
 * @param {string} file the path from the root
 */
export const costOf = (root, file) => SECONDS[file] ?? statSync(join(root, file)).size / BYTES_A_SECOND;
