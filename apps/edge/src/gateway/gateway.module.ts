import { Module, type DynamicModule } from '@nestjs/common';
import { DurableGateway } from './durable.gateway.js';
import { EventsGateway, RootGateway } from './events.gateway.js';
import { GatewayObserver } from './gateway.observer.js';
import { HandshakeAuthenticator } from './handshake-authenticator.js';
import { GatewaySettings, SubscriberFactory } from './subscriber.factory.js';

@Module({})
export class GatewayModule {
  static register(settings: GatewaySettings): DynamicModule {
    return {
      module: GatewayModule,
      providers: [
        { provide: GatewaySettings, useValue: settings },
        HandshakeAuthenticator,
        GatewayObserver,
        SubscriberFactory,
        DurableGateway,
        EventsGateway,
        RootGateway
      ]
    };
  }
}
