import { Module } from '@nestjs/common';
import { CommandsOutModule } from '../commands-out/commands-out.module.js';
import { EventsInModule } from '../events-in/events-in.module.js';
import { SubscriptionsModule } from '../subscriptions/subscriptions.module.js';
import { DurableGateway } from './durable.gateway.js';
import { EventsGateway } from './events.gateway.js';
import { GatewayObserver } from './gateway.observer.js';
import { HandshakeAuthenticator } from './handshake.authenticator.js';
import { RootGateway } from './root.gateway.js';

@Module({
  imports: [CommandsOutModule, EventsInModule, SubscriptionsModule],
  providers: [HandshakeAuthenticator, GatewayObserver, DurableGateway, EventsGateway, RootGateway]
})
export class GatewayModule {}
