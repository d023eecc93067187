import 'reflect-metadata';
import { loadConfig } from '@wabus/runtime';
import { MODELS_BUCKET, OWNERSHIP_BUCKET, REGISTRY_BUCKET, SUBSCRIPTIONS_BUCKET, TOKENS_BUCKET, WEBHOOKS_BUCKET } from '@wabus/contracts';
import { openBroker } from '../broker.js';
import { BrokerConfig, brokerOptions } from '../broker.config.js';
import { UnknownFormatError } from '../streams/stream-format.policy.js';

/** The settings of the provisioning process. */
class ProvisionConfig extends BrokerConfig {}

// Creates or updates the event stream, every bucket and the object store of media as the user `admin`, then exits.
// Processes with other roles create what is missing, but may not change what exists: with that right, they could fill one of their streams from a stream that
// they must not read.
const buckets = [REGISTRY_BUCKET, OWNERSHIP_BUCKET, TOKENS_BUCKET, WEBHOOKS_BUCKET, SUBSCRIPTIONS_BUCKET, MODELS_BUCKET];
try {
  const broker = await openBroker(brokerOptions(loadConfig(ProvisionConfig), { name: 'wabus-provision', buckets }));
  await broker.close();
} catch (error) {
  if (!(error instanceof UnknownFormatError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
