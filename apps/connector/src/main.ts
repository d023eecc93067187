// Must come first: it replaces parts of Node.js and libsignal that Baileys captures when it is loaded.
import { sharedAsyncContext } from './whatsapp/preload.js';
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { CommandServer, TransferServer } from '@wabus/broker';
import { runProcess } from '@wabus/runtime';
import { ConnectorConfig } from './config/connector.config.js';
import { ConnectorModule } from './connector.module.js';
import { guardStrayRejections } from './whatsapp/stray-rejection.guard.js';

void runProcess({
  name: 'connector',
  config: ConnectorConfig,
  create: async ({ config, logger, frameworkLogger }) => {
    guardStrayRejections(logger);
    if (sharedAsyncContext.outcome === 'impossible') {
      logger.warn(
        { node: process.version, reason: sharedAsyncContext.reason },
        'async contexts cannot be shared, so each socket slows down the process slightly'
      );
    }
    const app = await NestFactory.create(ConnectorModule.register(config, logger), { logger: frameworkLogger });
    for (const transport of [CommandServer, TransferServer]) app.connectMicroservice({ strategy: app.get(transport) });
    await app.startAllMicroservices();
    return app;
  }
});
