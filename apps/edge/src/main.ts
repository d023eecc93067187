import 'reflect-metadata';
import { runProcess } from '@wabus/runtime';
import { EdgeConfig } from './config/edge.config.js';
import { createEdge } from './edge-application.js';

void runProcess({ name: 'edge', config: EdgeConfig, create: createEdge });
