import { Module } from '@nestjs/common';
import { CommandClient } from './command.client.js';
import { SessionRegistryStore } from './session.registry.store.js';

@Module({ providers: [CommandClient, SessionRegistryStore], exports: [CommandClient] })
export class CommandsOutModule {}
