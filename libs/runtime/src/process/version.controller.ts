import { Controller, Get } from '@nestjs/common';
import { OpenEndpoint } from '../http/open-endpoint.decorator.js';
import { VERSION } from './version.js';

/** The release of a process. */
export interface VersionView {
  /** `connector` or `edge`. */
  service: string;
  /** The release of Wabus. */
  version: string;
  /** The version of Node.js. */
  node: string;
}

/** The name of the process. */
export class ServiceName {
  constructor(readonly service: string) {}
}

/** `GET /version`: the release of a process. */
@OpenEndpoint()
@Controller('version')
export class VersionController {
  constructor(private readonly name: ServiceName) {}

  @Get()
  view(): VersionView {
    return { service: this.name.service, version: VERSION, node: process.versions.node };
  }
}
